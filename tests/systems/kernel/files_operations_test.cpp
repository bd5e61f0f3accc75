// SPDX-License-Identifier: MIT
#include "systems/kernel/operations.hpp"

#include <files.hpp>
#include <string>

using namespace forge_db;
using kernel::VfsFileId;
using kernel::VfsFileVersionId;
using kernel::VfsFolderId;
using kernel::app::refused;
using tests::names_of;
using tests::texts;
using tests::writing;
using files = kernel::app::files<writing>;

namespace {

VfsFileId unknown_file() { return VfsFileId{uuid_v4()}; }

}  // namespace

TEST_CASE("VfsRepository.create_file: version 1, in a folder of the same application") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const folder = mail.create_folder("f").id;
    auto const file = mail.create_file({.name = "x", .folder = folder, .metadata = json::parse("{\"a\": 1}")});
    CHECK(file.version == 1);
    CHECK(file.content.empty());
    CHECK(file.content_type == "text/plain");
    CHECK(file.folder_id == folder);
    CHECK(file.metadata_json == json::parse("{\"a\": 1}"));
    CHECK(mail.list_versions(file.id).total == 0);
    CHECK_NOTHROW(mail.create_file({.name = "x", .folder = folder}));  // names repeat
    CHECK_THROWS_WITH((files{s, "chat"}.create_file({.name = "y", .folder = folder})), "Folder not found");
    CHECK_THROWS_AS(mail.create_file({.name = "y", .folder = VfsFolderId{uuid_v4()}}), refused);
    CHECK_THROWS_AS(mail.create_file({.name = "y", .metadata = json::parse("\"text\"")}), invalid_value);
  });
}

TEST_CASE("VfsRepository.get_file: of the own application only") {
  tests::system_database db;
  db->write([](writing& s) {
    auto const made = files{s, "mail"}.create_file({.name = "x", .content = "text"});
    CHECK((files{s, "mail"}.get_file(made.id)->content == "text"));
    CHECK_FALSE((files{s, "chat"}.get_file(made.id)));
    CHECK_FALSE((files{s, "mail"}.get_file(unknown_file())));
  });
}

TEST_CASE("VfsRepository.update_file: a content that differs makes a version, other changes make none") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const id = mail.create_file({.name = "x", .content = "one", .metadata = json::parse("{\"a\": 1}")}).id;
    auto const same = mail.update_file(id, {.name = "y", .content = "one"});
    CHECK(same->version == 1);
    CHECK(same->name == "y");
    auto const changed = mail.update_file(id, {.content = "two", .change_source = "editor"});
    REQUIRE(changed);
    CHECK(changed->version == 2);
    CHECK(changed->content == "two");
    CHECK(changed->name == "y");
    CHECK(changed->metadata_json == same->metadata_json);
    auto const versions = mail.list_versions(id).rows;
    REQUIRE(versions.size() == 1);
    CHECK(versions[0].version == 1);
    CHECK(versions[0].content == "one");
    CHECK(versions[0].change_source == "editor");
    CHECK(mail.update_file(id, {.content = "three"})->version == 3);
    CHECK_FALSE(mail.list_versions(id).rows.front().change_source);
    CHECK_FALSE(mail.update_file(id, {.metadata = null})->metadata_json);
    CHECK_FALSE(mail.update_file(unknown_file(), {.content = "x"}));
    CHECK_FALSE((files{s, "chat"}.update_file(id, {.content = "x"})));
    CHECK(mail.get_file(id)->content == "three");
  });
}

TEST_CASE("VfsRepository.update_file: updated_at moves, whatever changes") {
  tests::system_database db;
  VfsFileId id;
  db->write([&](writing& s) { id = files{s, "mail"}.create_file({.name = "x"}).id; });
  sqlite::connection::open(db.file()).execute_script(
      "update vfs_files set created_at = '2026-01-01 00:00:00.000000', "
      "updated_at = '2026-01-01 00:00:00.000000'");
  db->write([&](writing& s) {
    auto const file = files{s, "mail"}.update_file(id, {});
    CHECK(file->updated_at > file->created_at);
    CHECK(file->version == 1);
  });
}

TEST_CASE("VfsRepository.update_file: a version that is not current any more is stale, and writes nothing") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const id = mail.create_file({.name = "x", .content = "one"}).id;
    CHECK(mail.update_file(id, {.content = "two", .expected_version = 1})->version == 2);
    try {
      mail.update_file(id, {.content = "lost", .expected_version = 1});
      FAIL("a stale version was written");
    } catch (stale_row const& stale) {
      CHECK(stale.expected() == 1);
      CHECK(stale.found() == 2);
    }
    CHECK(mail.get_file(id)->content == "two");
    CHECK(mail.list_versions(id).total == 1);
  });
}

TEST_CASE("VfsRepository.delete_file: its versions go, too") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const id = mail.create_file({.name = "x", .content = "one"}).id;
    mail.update_file(id, {.content = "two"});
    CHECK_FALSE((files{s, "chat"}.delete_file(id)));
    CHECK(mail.delete_file(id));
    CHECK_FALSE(mail.delete_file(id));
    CHECK(mail.list_versions(id).total == 0);
  });
}

TEST_CASE("VfsRepository.list_versions: the latest first, in pages, of the own application only") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const id = mail.create_file({.name = "x", .content = "1"}).id;
    for (char const* content : {"2", "3", "4"}) mail.update_file(id, {.content = content});
    auto const versions = mail.list_versions(id);
    REQUIRE(versions.rows.size() == 3);
    CHECK(versions.rows[0].content == "3");
    CHECK(versions.rows[0].version == 3);
    CHECK(versions.rows[2].content == "1");
    auto const second = mail.list_versions(id, {.page = 2, .per_page = 2});
    REQUIRE(second.rows.size() == 1);
    CHECK(second.rows[0].version == 1);
    CHECK(second.total == 3);
    CHECK(mail.list_versions(unknown_file()).rows.empty());
    CHECK((files{s, "chat"}.list_versions(id).rows.empty()));
    CHECK_THROWS_AS(mail.list_versions(id, {.per_page = 1001}), invalid_value);
  });
}

TEST_CASE("VfsRepository.search_files: part of a name whatever its case, by name, at most 50") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    for (char const* name : {"Report 10%.txt", "report_old", "REPORT", "other"}) mail.create_file({.name = name});
    files{s, "chat"}.create_file({.name = "report"});
    CHECK(names_of(mail.search_files("rEPO")) == texts{"REPORT", "Report 10%.txt", "report_old"});
    CHECK(names_of(mail.search_files("%")) == texts{"Report 10%.txt"});
    CHECK(names_of(mail.search_files("t_o")) == texts{"report_old"});
    CHECK(names_of(mail.search_files("rep", 2)) == texts{"REPORT", "Report 10%.txt"});
    for (int i = 0; i < 60; ++i) mail.create_file({.name = "many" + std::to_string(i)});
    CHECK(mail.search_files("many").size() == 50);
    CHECK_THROWS_AS(mail.search_files("many", 51), invalid_value);
    CHECK_THROWS_AS(mail.search_files("many", 0), invalid_value);
  });
}

TEST_CASE("VfsRepository.rename_file: to any name") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const id = mail.create_file({.name = "x"}).id;
    mail.create_file({.name = "y"});
    CHECK(mail.rename_file(id, "y")->name == "y");
    CHECK(mail.get_file(id)->version == 1);
    CHECK_FALSE(mail.rename_file(unknown_file(), "z"));
    CHECK_FALSE((files{s, "chat"}.rename_file(id, "z")));
  });
}

TEST_CASE("VfsRepository.move_file: into a folder of the same application, or to the root") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const folder = mail.create_folder("f").id;
    auto const foreign = files{s, "chat"}.create_folder("f").id;
    auto const id = mail.create_file({.name = "x"}).id;
    CHECK(mail.move_file(id, folder)->folder_id == folder);
    CHECK_THROWS_WITH(mail.move_file(id, foreign), "Target folder not found");
    CHECK_THROWS_AS(mail.move_file(id, VfsFolderId{uuid_v4()}), refused);
    CHECK(mail.get_file(id)->folder_id == folder);
    CHECK_FALSE(mail.move_file(id, std::nullopt)->folder_id);
    CHECK_FALSE(mail.move_file(unknown_file(), folder));
    CHECK_FALSE((files{s, "chat"}.move_file(id, foreign)));
  });
}

TEST_CASE("VfsRepository.restore_version: a former content under a new number, and what was current is kept") {
  tests::system_database db;
  db->write([](writing& s) {
    files const mail{s, "mail"};
    auto const id = mail.create_file({.name = "x", .content = "one"}).id;
    mail.update_file(id, {.content = "two", .change_source = "editor"});
    auto const first = mail.list_versions(id).rows.front();
    auto const restored = mail.restore_version(id, first.id);
    REQUIRE(restored);
    CHECK(restored->content == "one");
    CHECK(restored->version == 3);
    auto const kept = mail.list_versions(id).rows.front();
    CHECK(kept.version == 2);
    CHECK(kept.content == "two");
    CHECK(kept.change_source == "restore");
    CHECK(mail.restore_version(id, first.id)->version == 4);  // the same content makes a version, too
    CHECK(mail.list_versions(id).total == 3);

    auto const other = mail.create_file({.name = "y"}).id;
    CHECK_THROWS_WITH(mail.restore_version(other, first.id), "Version not found");
    CHECK_THROWS_AS(mail.restore_version(id, VfsFileVersionId{uuid_v4()}), refused);
    CHECK(mail.get_file(other)->version == 1);
    CHECK_FALSE(mail.restore_version(unknown_file(), first.id));
    CHECK_FALSE((files{s, "chat"}.restore_version(id, first.id)));
    CHECK(mail.get_file(id)->version == 4);
  });
}
