// SPDX-License-Identifier: MIT
// How many statements the kernel's operations take: as many for three rows as for forty.
#include "systems/kernel/operations.hpp"

#include <files.hpp>
#include <kernel/app_collections_repository.hpp>
#include <kernel/app_documents_repository.hpp>
#include <kernel/vfs_files_repository.hpp>
#include <kernel/vfs_folders_repository.hpp>
#include <settings.hpp>
#include <storage.hpp>

using namespace kernel;
using tests::writing;

namespace {

/// A folder with so many folders below it, one in the other up to a depth of 6, each with two files; the deepest one.
struct folders {
  VfsFolderId root{};
  VfsFolderId deepest{};
};
folders planted_folders(writing& s, std::string const& name, int size) {
  app::files const files{s, "app"};
  folders made{.root = files.create_folder(name).id};
  auto above = made.root;
  for (int i = 0; i < size; ++i) {
    if (i % 6 == 0) above = made.root;
    above = files.create_folder(name + std::to_string(i), above).id;
    if (i < 6) made.deepest = above;
    for (char const* file : {"one", "two"}) files.create_file({.name = file, .folder = above});
  }
  return made;
}

AppCollectionId planted_collections(writing& s, std::string const& name, int size) {
  app::storage const storage{s, "app"};
  auto const root = storage.create_collection(name).id;
  auto above = root;
  for (int i = 0; i < size; ++i) {
    above = storage.create_collection(name + std::to_string(i), i % 9 == 0 ? root : above).id;
    storage.create_document({.name = "in it", .collection = above});
  }
  return root;
}

std::vector<forge_db::setting> settings_of(int size) {
  std::vector<forge_db::setting> all;
  for (int i = 0; i < size; ++i) all.push_back({"key " + std::to_string(i), forge_db::json::parse("1")});
  return all;
}

}  // namespace

TEST_CASE("what the kernel does with many rows takes as many statements for three as for forty") {
  tests::system_database file;
  int statements = 0;
  forge_db::sqlite::options options;
  options.on_query = [&](auto const&) { ++statements; };
  auto db = forge_db::sqlite::open(file.file(), options);
  db.write([&](auto& s) {
    app::files const files{s, "app"};
    app::storage const storage{s, "app"};
    app::settings const settings{s, "app"};
    auto const few = planted_folders(s, "few", 3), many = planted_folders(s, "many", 40);
    auto const few_collections = planted_collections(s, "few", 3),
               many_collections = planted_collections(s, "many", 40);
    auto const target = files.create_folder("target").id;
    auto const counted = [&](auto const& work) {
      int const before = statements;
      work();
      return statements - before;
    };
    auto const same = [&](char const* what, int most, auto const& work) {
      CAPTURE(what);
      int const one = counted([&] { work(true); });
      CHECK(one > 0);
      CHECK(one <= most);
      CHECK(counted([&] { work(false); }) == one);
    };
    REQUIRE(files.get_path(few.deepest).size() == 4);
    REQUIRE(files.get_path(many.deepest).size() == 7);
    same("get_path", 1, [&](bool small) { static_cast<void>(files.get_path((small ? few : many).deepest)); });
    same("list_children", 4, [&](bool small) { static_cast<void>(files.list_children((small ? few : many).root)); });
    same("move_folder", 12, [&](bool small) { files.move_folder((small ? few : many).root, target); });
    same("delete_folder", 3, [&](bool small) { CHECK(files.delete_folder((small ? few : many).root)); });
    same("delete_collection", 2,
         [&](bool small) { CHECK(storage.delete_collection(small ? few_collections : many_collections)); });
    // One statement a key, and none that looks for it first: this is how many rows are written, too.
    CHECK(counted([&] { settings.set_all(settings_of(3)); }) == 3);
    CHECK(counted([&] { settings.set_all(settings_of(40)); }) == 40);
    CHECK(counted([&] { CHECK(settings.get_all().total == 40); }) == 2);
    CHECK(counted([&] { CHECK(settings.reset() == 40); }) == 1);
    CHECK(VfsFolderRepository{s, std::string("app")}.count() == 1);
    CHECK(VfsFileRepository{s, std::string("app")}.count() == 0);
    CHECK(AppDocumentRepository{s, std::string("app")}.count() == 0);
  });
}
