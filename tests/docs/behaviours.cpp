// SPDX-License-Identifier: MIT
// The code of docs/behaviours.md.
#include "support/catch.hpp"

#include <desk/accounts_repository.hpp>
#include <desk/app_settings_repository.hpp>
#include <desk/app_usage_repository.hpp>
#include <desk/audit_log_repository.hpp>
#include <desk/files_repository.hpp>
#include <desk/folders_repository.hpp>
#include <desk/migrations.hpp>
#include <desk/notes_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <string>
#include <vector>

namespace {

forge_db::sqlite::database desk_database() {
  auto db = forge_db::sqlite::open(":memory:");
  auto const list = desk::migrations();
  forge_db::migration::runner{db}.upgrade({&list});
  return db;
}

}  // namespace

TEST_CASE("docs: settings") {
  auto db = desk_database();
  // [settings]
  db.write([](auto& session) {
    auto const settings = desk::AppSettingRepository{session}.settings("mail");  // the scope
    settings.set("theme", "dark");
    settings.merge({{"font_size", forge_db::json::parse("12")}, {"langs", forge_db::json::parse(R"(["de"])")}});
    settings.increment("starts");
    CHECK(settings.get("theme", "light") == "dark");
    CHECK(settings.get("columns", 80) == 80);
    CHECK(settings.all().size() == 4);
  });
  // [/settings]
}

TEST_CASE("docs: quota") {
  auto db = desk_database();
  // [quota]
  db.write([](auto& session) {
    auto const calls = desk::AppUsageRepository{session}.quota("mail", "api_calls");
    CHECK(calls.consume().remaining() == 999);
    if (!calls.limited_to(10).try_consume(50)) {
      CHECK(calls.usage().used == 1);
    }
  });
  // [/quota]
}

TEST_CASE("docs: tree") {
  auto db = desk_database();
  // [tree]
  db.write([](auto& session) {
    desk::FolderRepository folders{session};
    auto const work = folders.insert({.name = "work"});
    auto const plans = folders.insert({.name = "plans", .parent_id = work.id});
    CHECK(plans.depth == 1);
    CHECK(folders.find_path(std::vector<std::string>{"work", "plans"})->id == plans.id);
    for (auto const& crumb : folders.path(plans.id)) CHECK(!crumb.name.empty());
    folders.move(plans.id, std::nullopt);
    CHECK(folders.subtree(work.id).size() == 1);
    CHECK(folders.remove_subtree(work.id).rows == 1);
  });
  // [/tree]
}

TEST_CASE("docs: versions") {
  auto db = desk_database();
  // [versions]
  db.write([](auto& session) {
    desk::FileRepository files{session};
    auto const id = files.insert({.name = "plan", .content = "one"}).id;
    files.update(id, {.content = "two"});
    CHECK(files.get(id).version == 2);
    CHECK(files.version(id, 1)->content == "one");
    CHECK(files.revert(id, 1) == 3);
    CHECK(files.versions(id).total == 2);
    CHECK(files.prune_versions(id, 1) == 1);
  });
  // [/versions]
}

TEST_CASE("docs: audit") {
  auto db = desk_database();
  // [audit]
  forge_db::change_context const as{"ada", "support case 7"};
  db.write([](auto& session) {
    desk::AccountRepository accounts{session};
    auto const id = accounts.insert({.email = "bob@example.org", .password = "secret"}).id;
    accounts.update(id, {.email = "bob@example.com"});
    auto const line = desk::AuditLogRepository{session}.list().rows.back();
    CHECK(line.actor == "ada");
    CHECK(line.changes->text() == R"({"email": {"from": "bob@example.org", "to": "bob@example.com"}})");
  });
  // [/audit]
}

TEST_CASE("docs: tags") {
  auto db = desk_database();
  // [tags]
  db.write([](auto& session) {
    desk::NoteRepository notes{session};
    auto const id = notes.insert({.key = "n"}).id;
    notes.add_tags(id, {"urgent", "home"});
    notes.remove_tags(id, {"home"});
    CHECK(notes.rename_tag("urgent", "soon") == 1);
    CHECK(notes.tag_counts({.key = "n"}).at(0).tag == "soon");
  });
  // [/tags]
}

TEST_CASE("docs: cascade") {
  auto db = desk_database();
  // [cascade]
  db.write([](auto& session) {
    desk::FolderRepository folders{session};
    auto const id = folders.insert({.name = "work"}).id;
    folders.insert({.name = "plans", .parent_id = id});
    auto const report = folders.preview_remove(id);
    CHECK(report.removed() == 2);
    if (report.blocking() == 0) folders.remove_cascade(id);
    CHECK(folders.count() == 0);
  });
  // [/cascade]
}
