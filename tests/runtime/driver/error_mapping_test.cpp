// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "support/catch.hpp"

#include <string>

using namespace forge_db;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr char schema[] = R"sql(
  create table shelves(id integer primary key, room text, place integer, unique(room, place));
  create table books(id text primary key not null, isbn text unique, title text not null, score real,
                     shelf_id integer references shelves(id) deferrable initially deferred,
                     constraint score_range check (score between 0 and 10), check (title <> ''));
  create table "odd ""loans"""(book text references books(id));
  create unique index folded on books(lower(title));
  create table strict_ones(n integer) strict;
  create trigger guard before delete on books begin select raise(abort, 'books stay'); end;
  insert into shelves values (1, 'r', 1);
  insert into books values ('k', 'i', 'Title', 5, 1);
)sql";

struct constraint_case {
  char const* sql;
  error_code code;
  char const* table;
  char const* column;
  char const* constraint;
};

}  // namespace

TEST_CASE("a failed constraint carries its kind and names") {
  auto const expected = GENERATE(values<constraint_case>({
      {"insert into books values ('2', 'i', 'x', 1, null)", error_code::unique_violation, "books", "isbn", ""},
      {"insert into shelves values (2, 'r', 1)", error_code::unique_violation, "shelves", "room, place", ""},
      {"insert into books values ('2', 'j', 'TITLE', 1, null)", error_code::unique_violation, "", "", "folded"},
      {"insert into books values ('k', 'j', 'x', 1, null)", error_code::primary_key_violation, "books", "id", ""},
      {"insert into shelves values (1, 'q', 1)", error_code::primary_key_violation, "shelves", "id", ""},
      {"insert into books values ('2', 'j', null, 1, null)", error_code::not_null_violation, "books", "title", ""},
      {"insert into books values ('2', 'j', 'x', 11, null)", error_code::check_violation, "", "", "score_range"},
      {"insert into books values ('2', 'j', '', 1, null)", error_code::check_violation, "", "", "title <> ''"},
      {"insert into books values ('2', 'j', 'x', 1, 99)", error_code::foreign_key_violation, "books", "", ""},
      {"delete from books", error_code::other, "", "", ""},
      {"insert into strict_ones values ('text')", error_code::other, "strict_ones", "n", ""},
  }));
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script(schema);
  CAPTURE(expected.sql);
  try {
    connection.execute_script(expected.sql);
    FAIL("not refused");
  } catch (constraint_violation const& failure) {
    CHECK(failure.code() == expected.code);
    CHECK(failure.context().table == expected.table);
    CHECK(failure.context().column == expected.column);
    CHECK(failure.context().constraint == expected.constraint);
    CHECK(failure.context().sql == expected.sql);
    CHECK(failure.context().engine_code == SQLITE_CONSTRAINT);
    CHECK(failure.context().engine_extended_code > 0xff);
    CHECK_FALSE(failure.context().engine_message.empty());
  }
}

TEST_CASE("a foreign key's failure names the table that the statement writes to") {
  struct statement_case {
    char const* sql;
    char const* table;
  };
  auto const expected = GENERATE(values<statement_case>({
      {"insert into \"odd \"\"loans\"\"\" values ('none')", "odd \"loans\""},
      {"INSERT OR IGNORE\n INTO main . [odd \"loans\"] values ('none')", "odd \"loans\""},
      {"replace into main.`odd \"loans\"`(book) values ('none')", "odd \"loans\""},
      {"/* a */ -- b\n update books set shelf_id = 9", "books"},
      {"update or fail \"main\".\"books\" set shelf_id = 9", "books"},
      {"delete from shelves", "shelves"},
      {"with x as (select 1) delete from shelves", ""},
  }));
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script(schema);
  CAPTURE(expected.sql);
  try {
    connection.execute_script(expected.sql);
    FAIL("not refused");
  } catch (constraint_violation const& failure) {
    CHECK(failure.code() == error_code::foreign_key_violation);
    CHECK(failure.context().table == expected.table);
    CHECK(failure.context().column.empty());
  }
}

TEST_CASE("a deferred key fails at commit and leaves the transaction open") {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script(schema);
  connection.begin_write();
  connection.execute_script("insert into books values ('2', 'j', 'x', 1, 99)");
  CHECK_THROWS_AS(connection.commit(), constraint_violation);
  CHECK(connection.in_transaction());
  connection.rollback();
  CHECK(query_int(connection, "select count(*) from books") == 1);
}

TEST_CASE("wrong SQL is an sql_error with the text") {
  auto connection = sqlite::connection::open(":memory:");
  try {
    connection.prepare_once("select x from nowhere");
    FAIL("not refused");
  } catch (sql_error const& failure) {
    CHECK(failure.context().sql == "select x from nowhere");
    CHECK(failure.context().engine_message == "no such table: nowhere");
    CHECK_THAT(failure.what(), ContainsSubstring("[engine 1: no such table: nowhere]"));
  }
  CHECK_THROWS_AS(connection.prepare_once("  -- nothing"), sql_error);
}

TEST_CASE("a message never quotes a bound value") {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script("create virtual table notes using fts5(body); insert into notes values ('x')");
  auto match = connection.prepare_once("select * from notes where notes match ?");
  match.text(1, "\"secret");
  auto path = connection.prepare_once("select json_extract('{}', ?)");
  path.text(1, "secret");
  for (auto* statement : {&match, &path}) {
    try {
      statement->step();
      FAIL("not refused");
    } catch (error const& failure) {
      CHECK_THAT(failure.what(), !ContainsSubstring("secret"));
    }
  }
}

TEST_CASE("a statement can be used again after an error") {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script("create table t(x unique)");
  auto insert = connection.prepare_once("insert into t values (?)");
  for (int i = 0; i < 2; ++i) {
    insert.int64(1, 1);
    if (i == 0) CHECK_FALSE(insert.step());
    if (i == 1) CHECK_THROWS_AS(insert.step(), constraint_violation);
    insert.reset();
  }
  insert.int64(1, 2);
  CHECK_FALSE(insert.step());
}

TEST_CASE("a parameter that is not there is refused") {
  auto connection = sqlite::connection::open(":memory:");
  auto statement = connection.prepare_once("select ?");
  CHECK_THROWS_AS(statement.int64(2, 1), sql_error);
  CHECK_THROWS_AS(statement.text(0, "x"), sql_error);
}
