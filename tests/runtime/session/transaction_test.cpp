// SPDX-License-Identifier: MIT

#include <forge_db/session/session.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "runtime/session/raw_query.hpp"
#include "support/catch.hpp"

#include <stdexcept>
#include <string>

using namespace forge_db;

TEST_CASE("a write commits on return and is undone by an exception") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"));
  create_words(database);
  CHECK_THROWS_AS(database.write([](auto& session) {
    session.execute(insert_word{"undone"});
    throw std::logic_error("x");
  }),
                  std::logic_error);
  CHECK(count(database) == 0);
  CHECK(database.write([](auto& session) { return session.execute(insert_word{"kept"}); }) == 1);
  CHECK(count(database) == 1);
}

TEST_CASE("a savepoint is undone alone") {
  auto database = sqlite::open(":memory:");
  create_words(database);
  database.write([](auto& session) {
    session.execute(insert_word{"outer"});
    CHECK_THROWS_AS(session.transaction([](auto& inner) {
      inner.execute(insert_word{"undone"});
      inner.execute(insert_word{"outer"});  // repeats a unique value
    }),
                    constraint_violation);
    CHECK(session.transaction([](auto& inner) { return inner.execute(insert_word{"inner"}); }) == 1);
  });
  database.read([](auto& session) {
    auto const rows = session.all(words_from{});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].text == "outer");
    CHECK(rows[1].text == "inner");
  });
}

TEST_CASE("savepoints nest") {
  auto database = sqlite::open(":memory:");
  create_words(database);
  database.write([](auto& session) {
    session.transaction([](auto& outer) {
      outer.execute(insert_word{"1"});
      CHECK_THROWS_AS(outer.transaction([](auto& inner) {
        inner.transaction([](auto& innermost) { innermost.execute(insert_word{"2"}); });
        throw std::logic_error("x");
      }),
                      std::logic_error);
      outer.transaction([](auto& inner) { inner.execute(insert_word{"3"}); });
    });
  });
  CHECK(count(database) == 2);
}

TEST_CASE("a read session sees one moment") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"));
  create_words(database);
  auto other = sqlite::connection::open(directory.file("a.db"));
  database.read([&](auto& session) {
    CHECK(session.value(count_words{}) == 0);
    other.execute_script("insert into words (word) values ('later')");
    CHECK(session.value(count_words{}) == 0);
  });
  CHECK(count(database) == 1);
}

TEST_CASE("even by hand a read session cannot write to a file") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"));
  create_words(database);
  database.read([](auto& session) {
    CHECK_THROWS_AS(session.connection().execute_script("insert into words (word) values ('x')"), read_only);
  });
}

TEST_CASE("a database opened for reading refuses write()") {
  temporary_directory const directory;
  {
    auto database = sqlite::open(directory.file("a.db"));
    create_words(database);
  }
  sqlite::options settings;
  settings.read_only = true;
  auto database = sqlite::open(directory.file("a.db"), settings);
  CHECK(count(database) == 0);
  CHECK_THROWS_AS(database.write([](auto&) {}), read_only);
}

TEST_CASE("a database in memory is one connection for both") {
  auto database = sqlite::open(":memory:");
  create_words(database);
  add(database, "a");
  CHECK(count(database) == 1);
  CHECK(database.readers().size == 1);
  CHECK(database.readers().open == 1);
}

TEST_CASE("a database moves") {
  auto first = sqlite::open(":memory:");
  create_words(first);
  auto second = std::move(first);
  add(second, "a");
  CHECK(count(second) == 1);
}

TEST_CASE("the writing connection can be had without a transaction") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"));
  create_words(database);
  database.with_writer([](auto& connection) {
    CHECK_FALSE(connection.in_transaction());
    connection.execute_script("vacuum");
    connection.begin_write();
    connection.execute_script("insert into words (word) values ('left open')");
  });
  CHECK(count(database) == 0);
}

TEST_CASE("a deadline ends with its session") {
  auto database = sqlite::open(":memory:");
  database.read([](auto& session) { session.connection().set_deadline(std::chrono::steady_clock::now()); });
  database.read([](auto& session) { CHECK_FALSE(session.connection().has_deadline()); });
}
