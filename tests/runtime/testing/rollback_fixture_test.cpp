// SPDX-License-Identifier: MIT

#include <library/migrations.hpp>
#include <library/repositories.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/migration/migration.hpp>
#include <forge_db/testing/rollback_fixture.hpp>

#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace forge_db;
using library::Shelf;
using library::ShelfRepository;

namespace {

/// Code under test: knows the database, and nothing of tests.
std::size_t add_shelf(sqlite::database& db, std::string const& code) {
  db.write([&](auto& session) { ShelfRepository{session}.insert({.code = code, .name = "x"}); });
  return db.read([](auto& session) { return session.all(select<Shelf>()).size(); });
}

std::size_t shelves(sqlite::database& db) {
  return db.read([](auto& session) { return session.all(select<Shelf>()).size(); });
}

sqlite::database migrated(std::string const& path = ":memory:") {
  auto db = sqlite::open(path);
  migration::runner{db}.upgrade({&library::migrations()});
  return db;
}

sqlite::database& shared() {
  static auto db = migrated();
  return db;
}

struct library_test : sqlite::rollback_fixture {
  library_test() : sqlite::rollback_fixture(shared()) {}
};

}  // namespace

TEST_CASE_METHOD(library_test, "each test finds the database as it was: the first of two") {
  CHECK(add_shelf(db(), "A1") == 1);
  CHECK(session().all(select<Shelf>()).size() == 1);
}

TEST_CASE_METHOD(library_test, "each test finds the database as it was: the second of two") {
  CHECK(add_shelf(db(), "A1") == 1);  // neither a second row nor a conflict
}

TEST_CASE("a fixture in a file leaves nothing there, and the database is usable after it") {
  temporary_directory const directory;
  auto db = migrated(directory.file("a.db"));
  {
    sqlite::rollback_fixture fixture{db};
    ShelfRepository{fixture.session()}.insert({.code = "A0", .name = "by the test"});
    CHECK(add_shelf(fixture.db(), "A1") == 2);  // the code under test sees it, on whatever connection
    fixture.start_over();
    CHECK(shelves(db) == 0);
    add_shelf(db, "A2");
    CHECK_FALSE(db.checkpoint());
  }
  CHECK(shelves(db) == 0);
  CHECK(add_shelf(db, "B1") == 1);
  CHECK(db.checkpoint());
  auto again = sqlite::open(directory.file("a.db"));
  CHECK(shelves(again) == 1);
}

TEST_CASE_METHOD(library_test, "a write that throws is undone alone") {
  add_shelf(db(), "A1");
  CHECK_THROWS_AS(db().write([](auto& session) {
    ShelfRepository{session}.insert({.code = "A2", .name = "x"});
    throw std::runtime_error("no");
  }),
                  std::runtime_error);
  CHECK_THROWS_AS(add_shelf(db(), "A1"), constraint_violation);
  CHECK(shelves(db()) == 1);
  db().write([](auto& session) {  // and its own savepoints work as ever
    ShelfRepository{session}.insert({.code = "A2", .name = "x"});
    try {
      session.transaction([](auto& inner) {
        ShelfRepository{inner}.insert({.code = "A3", .name = "x"});
        throw std::runtime_error("no");
      });
    } catch (std::runtime_error const&) {
    }
  });
  CHECK(shelves(db()) == 2);
}

TEST_CASE_METHOD(library_test, "the rules of sessions hold in a fixture") {
  CHECK_THROWS_AS(db().write([&](auto&) { shelves(db()); }), session_misuse);
  CHECK_THROWS_AS(db().with_writer([](auto&) {}), session_misuse);
  CHECK_THROWS_AS(sqlite::rollback_fixture{db()}, session_misuse);
  std::optional<sqlite::statement> leaked;
  CHECK_THROWS_AS(db().read([&](auto& session) { leaked.emplace(session.connection().prepare_once("select 1")); }),
                  session_misuse);
  leaked.reset();
  auto stream = session().stream(select<Shelf>());  // the test's own open statement disturbs nobody
  CHECK(add_shelf(db(), "A1") == 1);
}

TEST_CASE("a deferred key that a commit would refuse is refused when write() returns") {
  auto db = sqlite::open(":memory:");
  db.write([](auto& session) {
    session.connection().execute_script(
        "create table p(id integer primary key);"
        "create table c(p references p(id) deferrable initially deferred)");
  });
  sqlite::rollback_fixture const fixture{db};
  auto const break_it = [&] {
    db.write([](auto& session) { session.connection().execute_script("insert into c values (1)"); });
  };
  CHECK_THROWS_AS(break_it(), constraint_violation);
  db.write(
      [](auto& session) { session.connection().execute_script("insert into c values (1); insert into p values (1)"); });
  CHECK_NOTHROW(db.read([](auto&) {}));
}

TEST_CASE("nothing is ever committed, whatever ends the transaction") {
  temporary_directory const directory;
  auto db = migrated(directory.file("a.db"));
  auto const insert = "insert into shelves (code, name, depth) values ('A1', 'x', 0)";
  {
    sqlite::rollback_fixture fixture{db};
    fixture.session().connection().execute_script(insert);
    CHECK_THROWS_AS(fixture.session().connection().execute_script("commit"), constraint_violation);
    CHECK_THROWS_AS(add_shelf(db, "A2"), session_misuse);
  }
  CHECK(shelves(db) == 0);
  {
    sqlite::rollback_fixture fixture{db};
    fixture.session().connection().execute_script(insert);
    CHECK_THROWS_AS(fixture.session().connection().execute_script(
                        "insert or rollback into shelves (code, name, depth) values ('A1', 'x', 0)"),
                    constraint_violation);
    CHECK_THROWS_AS(add_shelf(db, "A2"), session_misuse);  // or it would be a transaction of its own, and stay
  }
  CHECK(shelves(db) == 0);
}

TEST_CASE_METHOD(library_test, "threads of the code under test take turns, and see what the test has written") {
  ShelfRepository{session()}.insert({.code = "T", .name = "x"});
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int n = 0; n < 5; ++n) add_shelf(db(), std::to_string(i) + "-" + std::to_string(n));
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(shelves(db()) == 21);
}

TEST_CASE("a database that is only read has no fixture") {
  temporary_directory const directory;
  migrated(directory.file("a.db"));
  sqlite::options settings;
  settings.read_only = true;
  auto db = sqlite::open(directory.file("a.db"), settings);
  CHECK_THROWS_AS(sqlite::rollback_fixture{db}, read_only);
}
