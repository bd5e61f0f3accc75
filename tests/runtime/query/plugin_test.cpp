// SPDX-License-Identifier: MIT
// A connection shared with a module that was loaded at run time and numbers its statements by itself.
#include "plugins/library_plugin.hpp"
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/models.hpp>

#include <forge_db/query/query.hpp>

#include <dlfcn.h>

#include <string>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

/// Stays loaded for the life of the program, as modules that run statements have to.
library_plugin const& plugin() {
  static auto const* const found = [] {
    void* const module = ::dlopen(FORGE_DB_TEST_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) throw std::runtime_error(::dlerror());
    return static_cast<library_plugin const*>(::dlsym(module, library_plugin_symbol));
  }();
  return *found;
}

auto by_key(std::int64_t id) { return select<Book>().where(books::id == BookId{id}); }

sqlite::database three_books() {
  auto db = tests::library_database();
  db.write([](auto& session) {
    std::vector<NewBook> const rows{
        {.isbn = "1", .title = "a"}, {.isbn = "2", .title = "b"}, {.isbn = "3", .title = "c"}};
    session.execute(insert(rows));
  });
  return db;
}

}  // namespace

TEST_CASE("a plugin and the program give one number to different statements, and each gets its own") {
  auto db = three_books();
  auto const number = slot_of<decltype(by_key(0)), dialect::sqlite>.number();
  REQUIRE(plugin().take_number(number) == number);  // otherwise nothing is shown
  db.write([](auto& session) {
    auto& connection = session.connection();
    // The program's SELECT is cached under the number; what the plugin gets must be its DELETE.
    CHECK(session.one(by_key(1)).title == "a");
    CHECK(plugin().remove_book(connection, 2) == 1);
    // And the other way round: the program must not get the DELETE.
    CHECK(session.one(by_key(1)).title == "a");
    CHECK(session.all(by_key(2)).empty());
    CHECK(session.all(by_key(3)).size() == 1);
    CHECK(plugin().remove_book(connection, 2) == 0);
    CHECK(session.value(select(count()).template from<Book>()) == 2);
  });
}

TEST_CASE("modules that share numbers do not prepare again in turn") {
  auto db = three_books();
  auto const number = slot_of<decltype(by_key(0)), dialect::sqlite>.number();
  REQUIRE(plugin().take_number(number) == number);
  db.write([](auto& session) {
    auto& connection = session.connection();
    auto* const ours = connection.prepare(by_key(1)).native();
    auto const statements = [&] {
      int count = 0;
      for (auto* each = sqlite3_next_stmt(connection.native(), nullptr); each != nullptr;
           each = sqlite3_next_stmt(connection.native(), each)) {
        ++count;
      }
      return count;
    };
    int const own = statements();
    plugin().remove_book(connection, 1);
    int const before = statements();
    CHECK(before == own + 1);
    for (int round = 0; round < 5; ++round) {
      CHECK(connection.prepare(by_key(1)).native() == ours);
      plugin().remove_book(connection, 1);
    }
    CHECK(statements() == before);
  });
}

TEST_CASE("spans and texts of variable shape pass between the modules") {
  auto db = three_books();
  db.write([](auto& session) {
    auto& connection = session.connection();
    std::vector<std::int64_t> const keys{1, 3, 9};
    CHECK(plugin().count_books(connection, keys.data(), keys.size()) == 2);
    session.execute(update<Book>().set(BookPatch{.title = "ours"}).where(books::title == std::string("a")));
    CHECK(plugin().rename_book(connection, 3, "theirs") == 1);
    CHECK(session.one(by_key(1)).title == "ours");
    CHECK(session.one(by_key(3)).title == "theirs");
  });
}
