// SPDX-License-Identifier: MIT
// No call for one application sees or changes a row of another one.
#include "systems/kernel/operations.hpp"

#include <audit.hpp>
#include <files.hpp>
#include <settings.hpp>
#include <storage.hpp>
#include <string>
#include <usage.hpp>

using namespace forge_db;
using namespace kernel;
using tests::writing;

namespace {

/// Every value of every row that mail has.
std::string rows_of_mail(sqlite::connection& connection) {
  std::string all;
  auto const add = [&](std::string const& table, std::string const& columns, std::string const& where) {
    auto statement = connection.prepare_once("select json_array(" + columns + ") from " + table + " where " + where +
                                             " order by id");
    while (statement.step()) all += table + std::string(statement.text(0)) + '\n';
  };
  add("app_settings", "id, key, value, created_at, updated_at", "app_id = 'mail'");
  add("app_collections", "id, name, parent_id, created_at, updated_at", "app_id = 'mail'");
  add("app_documents", "id, collection_id, name, content_type, content, metadata_json, created_at, updated_at",
      "app_id = 'mail'");
  add("vfs_folders", "id, name, parent_id, depth, metadata_json, created_at, updated_at", "app_id = 'mail'");
  add("vfs_files", "id, folder_id, name, content, content_type, version, metadata_json, created_at, updated_at",
      "app_id = 'mail'");
  add("vfs_file_versions", "id, file_id, version, content, change_source, created_at",
      "file_id in (select id from vfs_files where app_id = 'mail')");
  add("audit_log", "id, action, resource_type, resource_id, details_json, timestamp", "app_id = 'mail'");
  add("app_usage", "id, resource, period, count, updated_at", "app_id = 'mail'");
  return all;
}

struct ids {
  AppCollectionId collection;
  AppDocumentId document;
  VfsFolderId folder, subfolder;
  VfsFileId file;
  VfsFileVersionId version;
};

ids fill_mail(writing& s) {
  app::settings{s, "mail"}.set("theme", json::parse("1"));
  app::storage const storage{s, "mail"};
  auto const collection = storage.create_collection("c").id;
  auto const document = storage.create_document({.name = "d", .collection = collection}).id;
  app::files const files{s, "mail"};
  auto const folder = files.create_folder("f").id;
  auto const subfolder = files.create_folder("g", folder).id;
  auto const file = files.create_file({.name = "x", .content = "one", .folder = folder}).id;
  files.update_file(file, {.content = "two"});
  app::audit_trail{s, "mail"}.log_action("create", "document");
  app::usage{s, "mail"}.increment_usage("api_calls");
  return {collection, document, folder, subfolder, file, files.list_versions(file).rows.at(0).id};
}

}  // namespace

TEST_CASE("no reading call of one application sees another's rows") {
  tests::system_database db;
  db->write([](writing& s) {
    ids const mail = fill_mail(s);
    app::storage const storage{s, "chat"};
    app::files const files{s, "chat"};
    CHECK(app::settings{s, "chat"}.get_all().total == 0);
    CHECK_FALSE(app::settings{s, "chat"}.get("theme"));
    CHECK(storage.list_collections().total + storage.list_collections(mail.collection).total == 0);
    CHECK(storage.list_documents().total + storage.list_documents(mail.collection).total == 0);
    CHECK(storage.documents_after({}, {}).rows.empty());
    CHECK_FALSE(storage.get_document(mail.document));
    for (auto const& seen : {files.list_children(), files.list_children(mail.folder)}) {
      CHECK(seen.folders.total + seen.files.total == 0);
    }
    CHECK_FALSE(files.get_folder(mail.folder));
    CHECK_FALSE(files.get_file(mail.file));
    CHECK(files.get_path(mail.subfolder).empty());
    CHECK(files.list_versions(mail.file).total == 0);
    CHECK(files.search_files("x").empty());
    app::audit_trail const audit{s, "chat"};
    CHECK(audit.list_logs().logs.empty());
    CHECK(audit.list_logs().total + audit.count_logs() == 0);
    CHECK(audit.logs_after({}).rows.empty());
    CHECK(app::usage{s, "chat"}.get_usage("api_calls") == 0);
    CHECK(app::usage{s, "chat"}.get_all_usage().empty());
  });
}

TEST_CASE("no writing call of one application changes another's rows") {
  tests::system_database db;
  auto reader = sqlite::connection::open(db.file());
  ids mail;
  db->write([&](writing& s) { mail = fill_mail(s); });
  std::string const before = rows_of_mail(reader);
  db->write([&](writing& s) {
    app::settings const settings{s, "chat"};
    settings.set("theme", json::parse("2"));
    settings.remove("theme");
    settings.reset();
    app::storage const storage{s, "chat"};
    CHECK_FALSE(storage.delete_collection(mail.collection));
    CHECK_THROWS_AS(storage.create_collection("x", mail.collection), app::refused);
    CHECK_THROWS_AS(storage.create_document({.name = "x", .collection = mail.collection}), app::refused);
    CHECK_FALSE(storage.update_document(mail.document, {.name = "x"}));
    CHECK_FALSE(storage.delete_document(mail.document));
    app::files const files{s, "chat"};
    auto const own = files.create_folder("f").id;
    auto const own_file = files.create_file({.name = "x"}).id;
    CHECK_THROWS_AS(files.create_folder("x", mail.folder), app::refused);
    CHECK_THROWS_AS(files.create_file({.name = "x", .folder = mail.folder}), app::refused);
    CHECK_THROWS_AS(files.move_folder(own, mail.folder), app::refused);
    CHECK_THROWS_AS(files.move_file(own_file, mail.folder), app::refused);
    CHECK_THROWS_AS(files.restore_version(own_file, mail.version), app::refused);
    CHECK_FALSE(files.move_folder(mail.subfolder, own));
    CHECK_FALSE(files.rename_folder(mail.folder, "x"));
    CHECK_FALSE(files.delete_folder(mail.folder));
    CHECK_FALSE(files.update_file(mail.file, {.content = "x"}));
    CHECK_FALSE(files.rename_file(mail.file, "x"));
    CHECK_FALSE(files.move_file(mail.file, own));
    CHECK_FALSE(files.restore_version(mail.file, mail.version));
    CHECK_FALSE(files.delete_file(mail.file));
    CHECK(files.delete_folder(own));
    app::audit_trail{s, "chat"}.log_action("create", "document");
    CHECK(app::audit_trail{s, "chat"}.prune_logs(timestamp::max()) == 1);
    app::usage{s, "chat"}.increment_usage("api_calls");
    app::usage{s, "chat"}.check_quota("api_calls");
  });
  CHECK(rows_of_mail(reader) == before);
}
