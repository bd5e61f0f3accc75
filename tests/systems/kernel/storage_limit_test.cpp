// SPDX-License-Identifier: MIT
// What applications store is added up by triggers; here against SQL that reads every content.
#include "systems/kernel/operations.hpp"
#include "systems/plain_sqlite.hpp"

#include <cstdint>
#include <errors.hpp>
#include <files.hpp>
#include <kernel/vfs_files_repository.hpp>
#include <limits>
#include <storage.hpp>
#include <storage_limit.hpp>
#include <string>
#include <usage.hpp>

using namespace forge_db;
using namespace kernel;
using tests::plain_row;
using tests::writing;

namespace {

char const* const totals = "select app_id || ' ' || bytes from app_storage where bytes > 0 order by app_id";
char const* const added_up =
    "select app_id || ' ' || sum(length(cast(content as blob))) from (select app_id, content from app_documents"
    " union all select app_id, content from vfs_files"
    " union all select f.app_id, v.content from vfs_file_versions v join vfs_files f on f.id = v.file_id)"
    " group by app_id having sum(length(cast(content as blob))) > 0 order by app_id";

/// A file, what its applications store by its table, and the same by reading everything.
struct stored_bytes {
  tests::system_database db{};
  tests::plain_sqlite plain{db.file()};

  /// What an application stores by its table, after a write of it.
  template <class Work>
  std::int64_t after(Work const& work) {
    db->write([&](writing& s) { work(app::storage{s, "mail"}, app::files{s, "mail"}); });
    auto const stored = db->read([](auto& s) { return app::usage{s, "mail"}.storage_used(); });
    auto const read = plain.column(added_up);
    CHECK(plain_row{"mail " + std::to_string(stored)} == (read.empty() ? plain_row{"mail 0"} : read));
    return stored;
  }
  /// The totals after SQL of another program, each held against what there is.
  plain_row after_sql(std::string const& sql) {
    plain.run(sql);
    auto const kept = plain.column(totals);
    CHECK(kept == plain.column(added_up));
    return kept;
  }
};

std::string document_row(std::string const& id, std::string const& app, std::string const& content) {
  return "insert into app_documents (id, app_id, name, content, content_type, created_at, updated_at)"
         " values ('" +
         id + "', '" + app + "', 'd', " + content + ", 't', '2026-01-01', '2026-01-01');";
}
std::string file_row(std::string const& id, std::string const& app, std::string const& content) {
  return "insert into vfs_files (id, app_id, name, content, content_type, version, created_at, updated_at)"
         " values ('" +
         id + "', '" + app + "', 'f', " + content + ", 't', 9, '2026-01-01', '2026-01-01');";
}
std::string version_row(std::string const& id, std::string const& file, std::string const& content) {
  return "insert into vfs_file_versions (id, file_id, version, content, created_at)"
         " values ('" +
         id + "', '" + file + "', " + id + ", " + content + ", '2026-01-01');";
}

}  // namespace

TEST_CASE("storage_used: of documents, as they come, change and go, alone or with their collection") {
  stored_bytes all;
  AppDocumentId first;
  AppCollectionId outer;
  CHECK(all.after([](auto const&, auto const&) {}) == 0);
  CHECK(all.after([&](auto const& storage, auto const&) {
    first = storage.create_document({.name = "d", .content = "12345"}).id;
  }) == 5);
  CHECK(all.after([&](auto const& storage, auto const&) { storage.update_document(first, {.content = "12"}); }) == 2);
  CHECK(all.after([&](auto const& storage, auto const&) { storage.update_document(first, {.name = "long name"}); }) ==
        2);
  CHECK(all.after([&](auto const& storage, auto const&) {
    outer = storage.create_collection("outer").id;
    auto const inner = storage.create_collection("inner", outer).id;
    storage.create_document({.name = "e", .content = "100 bytes", .collection = outer});
    storage.create_document({.name = "f", .content = "in it", .collection = inner});
  }) == 16);
  CHECK(all.after([&](auto const& storage, auto const&) { storage.delete_collection(outer); }) == 2);
  CHECK(all.after([&](auto const& storage, auto const&) { storage.delete_document(first); }) == 0);
}

TEST_CASE("storage_used: of files with their former versions, restored, pruned, and gone with their folder") {
  stored_bytes all;
  VfsFileId file;
  VfsFolderId folder;
  CHECK(all.after([&](auto const&, auto const& files) {
    folder = files.create_folder("outer").id;
    auto const inner = files.create_folder("inner", folder).id;
    file = files.create_file({.name = "x", .content = "1234", .folder = inner}).id;
    files.create_file({.name = "y", .content = "1234567", .folder = folder});
  }) == 11);
  CHECK(all.after([&](auto const&, auto const& files) { files.update_file(file, {.content = "12"}); }) == 13);
  CHECK(all.after([&](auto const&, auto const& files) { files.rename_file(file, "z"); }) == 13);
  CHECK(all.after([&](auto const&, auto const& files) {
    files.restore_version(file, files.list_versions(file).rows.at(0).id);
  }) == 17);
  all.db->write([&](writing& s) { CHECK(VfsFileRepository{s, "mail"}.prune_versions(file, 1) == 1); });
  CHECK(all.after([](auto const&, auto const&) {}) == 13);
  CHECK(all.after([&](auto const&, auto const& files) { files.delete_file(file); }) == 7);
  CHECK(all.after([&](auto const&, auto const& files) { files.delete_folder(folder); }) == 0);
}

TEST_CASE("storage_used: bytes of UTF-8 are counted, and what stands behind a NUL") {
  stored_bytes all;
  CHECK(all.after([](auto const& storage, auto const& files) {
    storage.create_document({.name = "d", .content = "\u00e4\U0001F600"});
    auto const id = files.create_file({.name = "x", .content = std::string("a\0b", 3)}).id;
    files.update_file(id, {.content = std::string("\0", 1)});
  }) == 10);
}

TEST_CASE("storage_used: follows SQL of other programs") {
  stored_bytes all;
  all.plain.run("pragma foreign_keys = on");
  CHECK(all.after_sql(document_row("1", "mail", "'12345'") + document_row("2", "chat", "'1'") +
                      file_row("1", "mail", "'12'") + version_row("1", "1", "'123'") + version_row("2", "1", "''")) ==
        plain_row{"chat 1", "mail 10"});
  CHECK(all.after_sql("update app_documents set app_id = 'wiki', content = content || 'x'") ==
        plain_row{"mail 5", "wiki 8"});
  CHECK(all.after_sql("update vfs_files set app_id = 'blog'") == plain_row{"blog 5", "wiki 8"});
  CHECK(all.after_sql("update vfs_files set app_id = 'note', content = '1'") == plain_row{"note 4", "wiki 8"});
  CHECK(all.after_sql(file_row("2", "mail", "''") + "update vfs_file_versions set file_id = '2', content = '12'") ==
        plain_row{"mail 4", "note 1", "wiki 8"});
  CHECK(all.after_sql("insert into app_documents select * from app_documents where true"
                      " on conflict (id) do update set content = content || excluded.content") ==
        plain_row{"mail 4", "note 1", "wiki 16"});
  CHECK(all.after_sql("insert or ignore into app_documents select * from app_documents") ==
        plain_row{"mail 4", "note 1", "wiki 16"});
  CHECK(all.after_sql("delete from vfs_files where app_id = 'mail'") == plain_row{"note 1", "wiki 16"});
  CHECK(all.plain.value("select count(*) from vfs_file_versions") == "0");  // by cascade
  CHECK(all.after_sql("begin; delete from app_documents; rollback") == plain_row{"note 1", "wiki 16"});
  CHECK(all.after_sql("delete from app_documents; delete from vfs_files").empty());
  // Without foreign keys the versions stay, and belong to nobody.
  all.plain.run("pragma foreign_keys = off");
  CHECK(all.after_sql(file_row("3", "mail", "'1'") + version_row("3", "3", "'12'")) == plain_row{"mail 3"});
  CHECK(all.after_sql("delete from vfs_files").empty());
  CHECK(all.after_sql("delete from vfs_file_versions").empty());
}

TEST_CASE("an upgrade adds up what is stored already, and follows it from there") {
  tests::system_database old(
      "pragma foreign_keys = off;"
      "CREATE TABLE app_documents (id VARCHAR NOT NULL, app_id VARCHAR NOT NULL, collection_id VARCHAR, name VARCHAR"
      " NOT NULL, content_type VARCHAR NOT NULL, content TEXT NOT NULL, metadata_json TEXT, created_at DATETIME NOT"
      " NULL, updated_at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(collection_id) REFERENCES app_collections"
      " (id) ON DELETE CASCADE);"
      "CREATE TABLE vfs_files (id VARCHAR NOT NULL, app_id VARCHAR NOT NULL, folder_id VARCHAR, name VARCHAR NOT NULL,"
      " content TEXT NOT NULL, content_type VARCHAR NOT NULL, version INTEGER NOT NULL, metadata_json TEXT,"
      " created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL, PRIMARY KEY (id), FOREIGN KEY(folder_id)"
      " REFERENCES vfs_folders (id) ON DELETE SET NULL);"
      "CREATE TABLE vfs_file_versions (id VARCHAR NOT NULL, file_id VARCHAR NOT NULL, version INTEGER NOT NULL,"
      " content TEXT NOT NULL, change_source VARCHAR, created_at DATETIME NOT NULL, PRIMARY KEY (id),"
      " FOREIGN KEY(file_id) REFERENCES vfs_files (id) ON DELETE CASCADE);" +
      document_row("1", "mail", "'12345'") + document_row("2", "chat", "'\u00e4'") + document_row("3", "none", "''") +
      file_row("1", "mail", "'12'") + file_row("2", "wiki", "'1' || char(0) || '2'") + version_row("1", "1", "'123'") +
      version_row("2", "9", "'of no file'"));
  tests::plain_sqlite const plain{old.file()};
  CHECK(plain.column(totals) == plain_row{"chat 2", "mail 10", "wiki 3"});
  plain.run("pragma foreign_keys = on; delete from vfs_files where app_id = 'mail'");
  CHECK(plain.column(totals) == plain_row{"chat 2", "mail 5", "wiki 3"});
}

TEST_CASE("within_storage: what would pass the limit is undone, and the transaction goes on") {
  stored_bytes all;
  app::quotas const one_mb{.max_storage_mb = 1};
  std::string const half(512UL * 1024, 'x');
  all.db->write([&](writing& s) {
    app::files const files{s, "mail"};
    auto const within = [&](auto const& work) { return app::within_storage(s, "mail", one_mb, work); };
    app::files{s, "chat"}.create_file({.name = "theirs", .content = half + half});
    auto const id = within([&] { return files.create_file({.name = "x", .content = half}); }).id;
    auto const full = within([&] { return files.update_file(id, {.content = half.substr(1) + 'y'}); });  // to the byte
    REQUIRE(full);
    CHECK((app::usage{s, "mail"}.storage_used() == 1024 * 1024));
    CHECK_THROWS_WITH(within([&] { return files.create_file({.name = "y", .content = "1"}); }),
                      "App 'mail' stores 1048576 of its 1048576 bytes (max_storage_mb: 1); this write would make it "
                      "1048577");
    CHECK_THROWS_AS(within([&] { return files.restore_version(id, files.list_versions(id).rows.at(0).id); }),
                    app::storage_full);
    CHECK(files.get_file(id)->version == full->version);
    CHECK(files.list_versions(id).total == 1);
    CHECK(files.list_children().files.total == 1);
    CHECK(within([&] { return files.create_file({.name = "empty"}); }).content.empty());
    CHECK(within([&] { return files.delete_file(id); }));
    CHECK(within([&] { return files.create_file({.name = "y", .content = half}); }).version == 1);
  });
}

TEST_CASE("within_storage: above a limit that was lowered, only what stores more is refused") {
  stored_bytes all;
  all.db->write([](writing& s) {
    app::storage const storage{s, "mail"};
    auto const id = storage.create_document({.name = "d", .content = "123"}).id;
    auto const written = [&](std::string const& content) {
      return app::within_storage(s, "mail", {.max_storage_mb = 0},
                                 [&] { return storage.update_document(id, {.content = content}); });
    };
    CHECK(written("456")->content == "456");
    CHECK_THROWS_AS(written("4567"), app::storage_full);
    CHECK(storage.get_document(id)->content == "456");
    CHECK(written("4")->content == "4");
    CHECK_THROWS_AS(written("45"), app::storage_full);
  });
}

TEST_CASE("AppStorageRepository.delete_collection: the deepest chain that may be goes at once, with what is in it") {
  stored_bytes all;
  all.plain.run(
      "with recursive n(i, t) as (select 1, '2026-01-01 00:00:00.000000' union all select i + 1, t from n where i < "
      "1000)"
      " insert into app_collections (id, app_id, name, parent_id, created_at, updated_at)"
      " select printf('00000000-0000-4000-8000-%012d', i), 'mail', 'c',"
      " iif(i > 1, printf('00000000-0000-4000-8000-%012d', i - 1), null), t, t from n");
  auto const id = [](char const* text) { return AppCollectionId{*parse_uuid(text)}; };
  auto const deepest = id("00000000-0000-4000-8000-000000001000");
  CHECK(all.after([&](auto const& storage, auto const&) {
    CHECK_THROWS_AS(storage.create_collection("deeper", deepest), app::refused);
    storage.create_document({.name = "d", .content = "12", .collection = deepest});
  }) == 2);
  CHECK(all.after([&](auto const& storage, auto const&) {
    CHECK(storage.delete_collection(id("00000000-0000-4000-8000-000000000001")));
  }) == 0);
  CHECK(all.plain.value("select count(*) from app_collections") == "0");
}

TEST_CASE("storage_limit: in bytes, as far as they can be counted") {
  CHECK(app::storage_limit({}) == 100LL * 1024 * 1024);
  CHECK(app::storage_limit({.max_storage_mb = 0}) == 0);
  auto const most = std::numeric_limits<std::int64_t>::max();
  CHECK(app::storage_limit({.max_storage_mb = most}) == most);
  CHECK(app::storage_limit({.max_storage_mb = most / (1024 * 1024)}) == most / (1024 * 1024) * (1024 * 1024));
}
