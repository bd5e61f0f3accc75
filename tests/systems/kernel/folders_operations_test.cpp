// SPDX-License-Identifier: MIT
#include "systems/kernel/operations.hpp"

#include <files.hpp>
#include <optional>
#include <string>

using namespace forge_db;
using kernel::VfsFolderId;
using kernel::app::name_taken;
using kernel::app::refused;
using tests::names_of;
using tests::texts;
using tests::writing;
using folders = kernel::app::files<writing>;

namespace {

VfsFolderId unknown_folder() { return VfsFolderId{uuid_v4()}; }

/// Folders one below the other; the deepest one's id.
VfsFolderId chain(folders const& tree, std::string const& name, int levels, std::optional<VfsFolderId> below = {}) {
  for (int level = 0; level < levels; ++level) below = tree.create_folder(name + std::to_string(level), below).id;
  return below.value();
}

}  // namespace

TEST_CASE("VfsRepository.list_children: folders and files of one folder or of the root, by name and in pages") {
  tests::system_database db;
  db->write([](writing& s) {
    folders const mail{s, "mail"};
    auto const b = mail.create_folder("b").id;
    mail.create_folder("a");
    mail.create_folder("inner", b);
    for (char const* name : {"y", "x", "z"}) mail.create_file({.name = name, .content = "text"});
    mail.create_file({.name = "deep", .folder = b});
    folders{s, "chat"}.create_folder("other");
    folders{s, "chat"}.create_file({.name = "other"});
    auto const root = mail.list_children();
    CHECK(names_of(root.folders.rows) == texts{"a", "b"});
    CHECK(names_of(root.files.rows) == texts{"x", "y", "z"});
    CHECK(root.files.rows.front().content == "text");
    auto const below = mail.list_children(b);
    CHECK(names_of(below.folders.rows) == texts{"inner"});
    CHECK(names_of(below.files.rows) == texts{"deep"});
    auto const second = mail.list_children({}, {.page = 2, .per_page = 2});
    CHECK(second.folders.rows.empty());
    CHECK(names_of(second.files.rows) == texts{"z"});
    CHECK(second.files.total == 3);
    CHECK(mail.list_children(unknown_folder()).folders.rows.empty());
    CHECK((folders{s, "chat"}.list_children(b).files.rows.empty()));
    CHECK_THROWS_AS(mail.list_children({}, {.per_page = 1001}), invalid_value);
  });
}

TEST_CASE("VfsRepository.create_folder: eight levels, free names, and parents of the same application") {
  tests::system_database db;
  db->write([](writing& s) {
    folders const mail{s, "mail"};
    auto const deepest = chain(mail, "f", 8);
    CHECK(mail.get_folder(deepest)->depth == 7);
    CHECK_THROWS_WITH(mail.create_folder("ninth", deepest), "Max folder depth (8) exceeded");
    CHECK_THROWS_AS(mail.create_folder("ninth", deepest), refused);
    CHECK_THROWS_WITH(mail.create_folder("x", unknown_folder()), "Parent folder not found");
    CHECK_THROWS_WITH((folders{s, "chat"}.create_folder("x", deepest)), "Parent folder not found");
    auto const root = mail.create_folder("root", {}, json::parse("{\"icon\": \"box\"}"));
    CHECK(root.metadata_json == json::parse("{\"icon\": \"box\"}"));
    CHECK_FALSE(mail.create_folder("twice", root.id, json::parse("{}")).metadata_json);
    CHECK_THROWS_AS(mail.create_folder("twice", root.id), name_taken);
    CHECK_THROWS_AS(mail.create_folder("root"), name_taken);
    CHECK_THROWS_AS(mail.create_folder("free", {}, json::parse("3")), invalid_value);
    CHECK_NOTHROW(folders{s, "chat"}.create_folder("root"));
  });
}

TEST_CASE("VfsRepository.get_folder: of the own application only") {
  tests::system_database db;
  db->write([](writing& s) {
    auto const made = folders{s, "mail"}.create_folder("f");
    CHECK((folders{s, "mail"}.get_folder(made.id)->name == "f"));
    CHECK_FALSE((folders{s, "chat"}.get_folder(made.id)));
    CHECK_FALSE((folders{s, "mail"}.get_folder(unknown_folder())));
  });
}

TEST_CASE("VfsRepository.delete_folder: all folders below it go, and the files in them with their versions") {
  tests::system_database db;
  db->write([](writing& s) {
    folders const mail{s, "mail"};
    auto const top = mail.create_folder("top").id;
    auto const deep = chain(mail, "f", 3, top);
    auto const file = mail.create_file({.name = "x", .content = "one", .folder = deep}).id;
    mail.update_file(file, {.content = "two"});
    auto const beside = mail.create_file({.name = "kept"}).id;
    auto const other = mail.create_folder("other").id;
    auto const there = mail.create_file({.name = "there", .folder = other}).id;
    CHECK_FALSE((folders{s, "chat"}.delete_folder(top)));
    CHECK(mail.get_file(file));
    CHECK(mail.delete_folder(top));
    CHECK_FALSE(mail.delete_folder(top));
    CHECK_FALSE(mail.get_folder(deep));
    CHECK_FALSE(mail.get_file(file));
    CHECK(mail.list_versions(file).total == 0);
    CHECK(mail.get_file(beside));
    CHECK(mail.get_file(there));
  });
}

TEST_CASE("VfsRepository.get_path: from the root to the folder, and nothing for an unknown one") {
  tests::system_database db;
  db->write([](writing& s) {
    folders const mail{s, "mail"};
    auto const deepest = chain(mail, "f", 3);
    CHECK(names_of(mail.get_path(deepest)) == texts{"f0", "f1", "f2"});
    CHECK(mail.get_path(unknown_folder()).empty());
    CHECK((folders{s, "chat"}.get_path(deepest).empty()));
  });
}

TEST_CASE("VfsRepository.move_folder: with what is below it, whose depths follow") {
  tests::system_database db;
  db->write([](writing& s) {
    folders const mail{s, "mail"};
    auto const top = mail.create_folder("top").id;
    auto const middle = mail.create_folder("middle", top).id;
    auto const leaf = mail.create_folder("leaf", middle).id;
    auto const target = chain(mail, "t", 3);
    auto const moved = mail.move_folder(middle, target);
    REQUIRE(moved);
    CHECK(moved->parent_id == target);
    CHECK(moved->depth == 3);
    CHECK(mail.get_folder(leaf)->depth == 4);
    CHECK(names_of(mail.get_path(leaf)) == texts{"t0", "t1", "t2", "middle", "leaf"});
    CHECK(mail.move_folder(middle, std::nullopt)->depth == 0);
    CHECK(mail.get_folder(leaf)->depth == 1);
    CHECK_FALSE(mail.move_folder(unknown_folder(), top));
    CHECK_FALSE((folders{s, "chat"}.move_folder(leaf, std::nullopt)));
  });
}

TEST_CASE("VfsRepository.move_folder: refuses itself, what is below it, strangers, taken names and too many levels") {
  tests::system_database db;
  db->write([](writing& s) {
    folders const mail{s, "mail"};
    auto const top = mail.create_folder("top").id;
    auto const leaf = chain(mail, "f", 2, top);
    CHECK_THROWS_WITH(mail.move_folder(top, top), "Cannot move a folder into itself");
    CHECK_THROWS_WITH(mail.move_folder(top, leaf), "Cannot move a folder into its own descendant");
    CHECK_THROWS_WITH(mail.move_folder(top, unknown_folder()), "Target folder not found");
    auto const foreign = folders{s, "chat"}.create_folder("other").id;
    CHECK_THROWS_WITH(mail.move_folder(top, foreign), "Target folder not found");
    auto const deep = chain(mail, "d", 6);  // depths 0 to 5; top has two levels below it
    CHECK_THROWS_WITH(mail.move_folder(top, deep), "Max folder depth (8) exceeded");
    CHECK_NOTHROW(mail.move_folder(top, mail.get_folder(deep)->parent_id));
    CHECK(mail.get_folder(leaf)->depth == 7);
    auto const rival = mail.create_folder("rival").id;
    mail.create_folder("same", rival);
    auto const same = mail.create_folder("same").id;
    CHECK_THROWS_AS(mail.move_folder(same, rival), name_taken);
    CHECK_FALSE(mail.get_folder(same)->parent_id);
  });
}

TEST_CASE("VfsRepository.rename_folder: to a free name") {
  tests::system_database db;
  db->write([](writing& s) {
    folders const mail{s, "mail"};
    auto const folder = mail.create_folder("old").id;
    mail.create_folder("taken");
    auto const renamed = mail.rename_folder(folder, "new");
    REQUIRE(renamed);
    CHECK(renamed->name == "new");
    CHECK_THROWS_AS(mail.rename_folder(folder, "taken"), name_taken);
    CHECK(mail.get_folder(folder)->name == "new");
    CHECK_FALSE(mail.rename_folder(unknown_folder(), "x"));
    CHECK_FALSE((folders{s, "chat"}.rename_folder(folder, "x")));
  });
}
