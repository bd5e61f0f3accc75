// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

#include <forge_db/maintenance/row_check.hpp>

using namespace migration_test;

namespace {

table_def parents() { return {.name = "parents", .columns = {integer("id"), text("name")}, .primary_key = {"id"}}; }

table_def children() {
  return {.name = "children",
          .columns = {column("id", "uuid", "TEXT"), column("made_at", "timestamp", "TEXT"),
                      column("day", "date", "TEXT", true), column("data", "json", "TEXT", true),
                      column("at_us", "timestamp", "INTEGER", true), column("score", "float64", "REAL", true),
                      integer_or_null("parent_id")},
          .primary_key = {"id"},
          .foreign_keys = {references("parent_id", "parents", "cascade")}};
}

list family(std::vector<table_def> tables) {
  list all{"family"};
  all.tables = std::move(tables);
  return all;
}

/// What a report of the rows says, a line for each finding.
std::vector<std::string> found(connection& database, list const& schema) {
  std::vector<std::string> lines;
  for (auto const& each : forge_db::check_rows(database, {&schema})) lines.push_back(describe(each));
  return lines;
}

using lines = std::vector<std::string>;

/// The tables as a careless program made them, without a rule.
connection careless(std::string const& rows) {
  auto database = memory();
  database.execute_script(
      "pragma foreign_keys = off; create table parents (id integer primary key, name text);"
      "create table children (id text primary key, made_at, day, data, at_us, score, parent_id);" +
      rows);
  return database;
}

std::string child(std::string const& values) {
  return "insert into children values ('00000000-0000-4000-8000-00000000000" + values + ");";
}

}  // namespace

TEST_CASE("rows that are what their schema says are not reported") {
  auto database = careless(
      "insert into parents values (1, 'a');" +
      child("1', '2026-01-02 03:04:05.000006', '2026-01-02', '{\"a\": [1, null]}', 5, 0.5, 1") +
      child("2', '2026-01-02T03:04:05+02:00', null, null, null, 3, null"));  // another form of time, a whole number
  CHECK(found(database, family({parents(), children()})).empty());
}

TEST_CASE("each problem of a row is counted under its column, with its rows' names and no value") {
  struct wrong {
    char const* values;
    char const* line;
  };
  std::string const key = "00000000-0000-4000-8000-000000000001";
  for (auto const& [values, line] :
       {wrong{"1', 'yesterday', null, null, null, null, null", "children.made_at: 1 row does not hold a time stamp: "},
        wrong{"1', null, null, null, null, null, null",
              "children.made_at: 1 row does not hold a value where one is required: "},
        wrong{"1', x'00', null, null, null, null, null", "children.made_at: 1 row does not hold text: "},
        wrong{"1', '2026-01-02', '2026-02-30', null, null, null, null", "children.day: 1 row does not hold a date: "},
        wrong{"1', '2026-01-02 00:00:00', null, '{not json', null, null, null",
              "children.data: 1 row does not hold JSON: "},
        wrong{"1', '2026-01-02 00:00:00', null, '', null, null, null", "children.data: 1 row does not hold JSON: "},
        wrong{"1', '2026-01-02 00:00:00', null, null, 'soon', null, null",
              "children.at_us: 1 row does not hold an integer: "},
        wrong{"1', '2026-01-02 00:00:00', null, null, null, 'much', null",
              "children.score: 1 row does not hold a number: "},
        wrong{"1', '2026-01-02 00:00:00', null, null, null, null, 9",
              "children.parent_id: 1 row refers to no row of parents: "}}) {
    INFO(values);
    auto database = careless(child(values));
    auto const all = found(database, family({parents(), children()}));
    REQUIRE_FALSE(all.empty());
    CHECK(all.back() == line + key);
  }
}

TEST_CASE("a name that is odd itself, or says nothing, gives way to the rowid") {
  auto database = careless(
      "insert into children values ('no uuid', '2026-01-02 00:00:00', null, '[', null, null, null),"
      " (null, 'soon', null, null, null, null, null), (char(7), 'soon', null, null, null, null, null);");
  CHECK(found(database, family({children()})) ==
        lines{"children.id: 2 rows do not hold a UUID: rowid 1, rowid 3",
              "children.data: 1 row does not hold JSON: no uuid",
              "children.id: 1 row does not hold a value where one is required: rowid 2",
              "children.made_at: 2 rows do not hold a time stamp: rowid 2, rowid 3"});
}

TEST_CASE("a table without rowids names rows by their key only") {
  table_def table{.name = "pairs",
                  .columns = {text("a"), text("b"), column("data", "json", "TEXT")},
                  .primary_key = {"a", "b"},
                  .without_rowid = true};
  auto database = memory();
  database.execute_script(
      "create table pairs (a text, b text, data text, primary key (a, b)) without rowid;"
      "insert into pairs values ('x', 'y', '['), ('x', char(0), '[')");
  CHECK(found(database, family({table})) == lines{"pairs.data: 2 rows do not hold JSON: x, y and 1 more"});
}

TEST_CASE("a column called rowid does not stand for it") {
  table_def table{.name = "t", .columns = {integer("rowid"), column("data", "json", "TEXT")}};
  auto database = memory();
  database.execute_script("create table t (rowid integer, data text); insert into t values (42, '[')");
  CHECK(found(database, family({table})) == lines{"t.data: 1 row does not hold JSON: rowid 1"});
}

TEST_CASE("examples are few, counts are whole") {
  auto database = careless(
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 900) insert into children select "
      "printf('%08d-0000-4000-8000-000000000000', i), '2026-01-02', null, null, null, null, i from n");
  auto const all = forge_db::check_rows(database, {});
  CHECK(all.empty());
  list const schema = family({parents(), children()});
  auto const findings = forge_db::check_rows(database, {&schema});
  REQUIRE(findings.size() == 2);
  for (auto const& each : findings) {
    CHECK(each.rows == 900);
    CHECK(each.examples.size() == 5);
  }
  CHECK(findings[1].expected == "parents");
  CHECK(to_text(findings[1].problem) == "dangling_key");
}

TEST_CASE("keys of several columns dangle only when all are set; a table may refer to itself") {
  table_def parent{.name = "places", .columns = {text("a"), integer("b")}, .primary_key = {"a", "b"}};
  table_def child{.name = "visits",
                  .columns = {integer("id"), text_or_null("a"), integer_or_null("b"), integer_or_null("before")},
                  .primary_key = {"id"}};
  child.foreign_keys = {{"fk_place", {"a", "b"}, "places", {}}, {"fk_before", {"before"}, "visits", {"id"}}};
  auto database = memory();
  database.execute_script(
      "pragma foreign_keys = off; create table places (a text, b integer, primary key (a, b));"
      "create table visits (id integer primary key, a text, b integer, before integer);"
      "insert into places values ('x', 1);"
      "insert into visits values (1, 'x', 1, null), (2, 'x', 2, 1), (3, 'x', null, 9), (4, null, 7, null)");
  CHECK(found(database, family({parent, child})) == lines{"visits.a, b: 1 row refers to no row of places: 2",
                                                          "visits.before: 1 row refers to no row of visits: 3"});
}

TEST_CASE("what is missing in the database is left out: tables, columns, parents") {
  auto database = memory();
  database.execute_script(
      "create table children (id text primary key, data text);"
      "insert into children values ('00000000-0000-4000-8000-000000000001', '{')");
  CHECK(found(database, family({parents(), children()})) ==
        lines{"children.data: 1 row does not hold JSON: 00000000-0000-4000-8000-000000000001"});
}

TEST_CASE("checking rows changes nothing, and leaves a transaction of the caller open") {
  auto database = careless(child("1', 'x', null, null, null, null, 1"));
  list const schema = family({parents(), children()});
  auto const before = contents(database);
  forge_db::check_rows(database, {&schema});
  CHECK_FALSE(database.in_transaction());
  CHECK(contents(database) == before);
  database.begin_write();
  database.execute_script("delete from children");
  CHECK(forge_db::check_rows(database, {&schema}).empty());
  CHECK(database.in_transaction());
}
