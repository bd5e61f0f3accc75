// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <forge_db/forge_db.hpp>

#include <kernel/repositories.hpp>
#include <string>
#include <vector>

using namespace forge_db;
using namespace kernel;

TEST_CASE("rows of all kernel tables come back as they went in, with the defaults of the spec") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const before = timestamp::now();
    auto const setting = tests::round_trip(AppSettingRepository{s}, NewAppSetting{.app_id = "a", .key = "theme"});
    CHECK(setting.value == json::parse("{}"));
    CHECK(setting.created_at >= before);
    auto const collection = tests::round_trip(AppCollectionRepository{s, "a"}, NewAppCollection{.name = "c"});
    auto const document =
        tests::round_trip(AppDocumentRepository{s, "a"}, NewAppDocument{.collection_id = collection.id, .name = "d"});
    CHECK(document.content_type == "application/json");
    CHECK(document.content == "{}");
    auto const folder = tests::round_trip(VfsFolderRepository{s, "a"}, NewVfsFolder{.name = "f"});
    CHECK(folder.depth == 0);
    auto const file = tests::round_trip(VfsFileRepository{s, "a"}, NewVfsFile{.folder_id = folder.id, .name = "x.txt"});
    CHECK(file.content.empty());
    CHECK(file.content_type == "text/plain");
    CHECK(file.version == 1);
    tests::round_trip(VfsFileVersionRepository{s},
                      NewVfsFileVersion{.file_id = file.id, .version = 1, .content = "old"});
    tests::round_trip(
        AuditLogRepository{s, "a"},
        NewAuditLog{.action = "create", .resource_type = "document", .details_json = json::parse(R"({"n": 1})")});
    auto const usage = tests::round_trip(
        AppUsageRepository{s}, NewAppUsage{.app_id = "a", .resource = "api_calls", .period = "2026-02-20T14"});
    CHECK(usage.count == 0);
  });
}

TEST_CASE("keys of the kernel tables cascade and clear as declared") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const outer = AppCollectionRepository{s, "a"}.insert({.name = "outer"});
    auto const inner = AppCollectionRepository{s, "a"}.insert({.name = "inner", .parent_id = outer.id});
    AppDocumentRepository{s, "a"}.insert({.collection_id = inner.id, .name = "d"});
    CHECK(AppCollectionRepository{s, "a"}.remove(outer.id));
    CHECK(AppCollectionRepository{s, "a"}.count() == 0);
    CHECK(AppDocumentRepository{s, "a"}.count() == 0);

    auto const folder = VfsFolderRepository{s, "a"}.insert({.name = "f"});
    auto const file = VfsFileRepository{s, "a"}.insert({.folder_id = folder.id, .name = "x"});
    VfsFileVersionRepository{s}.insert({.file_id = file.id, .version = 1, .content = "old"});
    CHECK(VfsFolderRepository{s, "a"}.remove(folder.id));
    CHECK_FALSE(VfsFileRepository{s, "a"}.get(file.id).folder_id.has_value());
    CHECK(VfsFileRepository{s, "a"}.remove(file.id));
    CHECK(VfsFileVersionRepository{s}.count() == 0);
  });
}

TEST_CASE("settings and usage counters are unique, and written over by upsert") {
  tests::system_database db;
  db->write([](auto& s) {
    AppUsageRepository usage{s};
    NewAppUsage const counter{.app_id = "a", .resource = "api_calls", .period = "2026-02-20T14", .count = 1};
    usage.insert(counter);
    CHECK_THROWS_AS(usage.insert(counter), constraint_violation);
    auto const written = usage.upsert({.app_id = "a", .resource = "api_calls", .period = "2026-02-20T14", .count = 7},
                                      app_usage::app_id, app_usage::resource, app_usage::period);
    CHECK(written.count == 7);
    CHECK(usage.count() == 1);

    AppSettingRepository settings{s};
    for (char const* value : {"1", "[2]"}) {
      settings.upsert({.app_id = "a", .key = "theme", .value = json::parse(value)}, app_settings::app_id,
                      app_settings::key);
    }
    CHECK(settings.count() == 1);
    CHECK(settings.list({.key = "theme"}).rows.at(0).value == json::parse("[2]"));
  });
}

TEST_CASE("lists of the kernel tables are ordered and narrowed as the system asks") {
  tests::system_database db;
  db->write([](auto& s) {
    for (char const* name : {"b", "a", "c"}) AppCollectionRepository{s, "one"}.insert({.name = name});
    auto const root = AppCollectionRepository{s, "one"}.list({.name = "a"}).rows.at(0);
    AppCollectionRepository{s, "one"}.insert({.name = "below", .parent_id = root.id});
    AppCollectionRepository{s, "two"}.insert({.name = "d"});
    auto const page = AppCollectionRepository{s, "one"}.list({.parent_id_is_null = true});
    std::vector<std::string> names;
    for (auto const& row : page.rows) names.push_back(row.name);
    CHECK(names == std::vector<std::string>{"a", "b", "c"});
    CHECK(AppCollectionRepository{s, "one"}.count({.parent_id = root.id}) == 1);

    for (int i = 0; i < 60; ++i) {
      AuditLogRepository{s, "one"}.insert({.action = "create",
                                           .resource_type = i % 2 == 0 ? "document" : "setting",
                                           .timestamp = timestamp::from_unix_us(i)});
    }
    auto const log = AuditLogRepository{s, "one"}.list();
    CHECK(log.rows.size() == 50);  // the default page
    CHECK(log.total == 60);
    CHECK(log.rows.front().timestamp == timestamp::from_unix_us(59));
    CHECK(AuditLogRepository{s, "one"}.count({.resource_type = "setting"}) == 30);
  });
}

TEST_CASE("tables that an ORM made, without defaults and a unique constraint, serve the repositories as well") {
  tests::system_database db(R"(
CREATE TABLE vfs_files (id VARCHAR NOT NULL, app_id VARCHAR NOT NULL, folder_id VARCHAR, name VARCHAR NOT NULL,
  content TEXT NOT NULL, content_type VARCHAR NOT NULL, version INTEGER NOT NULL, metadata_json TEXT,
  created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL, PRIMARY KEY (id),
  FOREIGN KEY(folder_id) REFERENCES vfs_folders (id) ON DELETE SET NULL);
CREATE TABLE app_usage (id VARCHAR NOT NULL, app_id VARCHAR NOT NULL, resource VARCHAR NOT NULL,
  period VARCHAR NOT NULL, count INTEGER NOT NULL, updated_at DATETIME NOT NULL, PRIMARY KEY (id));
INSERT INTO app_usage VALUES ('3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'a', 'api_calls', '2026-02-20T14', 2,
  '2026-02-20 14:00:00.000000'), ('3f2504e0-4f89-41d3-9a0c-0305e82c3302', 'a', 'api_calls', '2026-02-20T14', 3,
  '2026-02-20 14:00:01.000000');
)");
  db->write([](auto& s) {
    auto const file = tests::round_trip(VfsFileRepository{s, "a"}, NewVfsFile{.name = "x.txt"});
    CHECK(file.version == 1);
    AppUsageRepository usage{s};
    auto const merged = usage.list().rows;
    REQUIRE(merged.size() == 1);
    CHECK(merged[0].count == 5);
    CHECK(timestamp_text(merged[0].updated_at) == "2026-02-20 14:00:01.000000");
    usage.upsert({.app_id = "a", .resource = "api_calls", .period = "2026-02-20T14", .count = 6}, app_usage::app_id,
                 app_usage::resource, app_usage::period);
    CHECK(usage.list().rows.at(0).count == 6);
  });
}
