// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

using namespace migration_test;

namespace {

struct case_of_equivalence {
  char const* name;
  table_def wanted;
  char const* found;     ///< a CREATE TABLE
  char const* expected;  ///< descriptions of the differences, one a line
};

table_def with(std::vector<column_def> columns) { return {.name = "t", .columns = std::move(columns)}; }

table_def keyed(column_def key) {
  std::vector<std::string> name{key.name};
  return {.name = "t", .columns = {std::move(key)}, .primary_key = std::move(name)};
}

table_def related(std::string on_delete) {
  auto table = with({text_or_null("a")});
  table.foreign_keys = {references("a", "p", std::move(on_delete))};
  return table;
}

table_def unique_ab() {
  auto table = with({text("a"), text("b")});
  table.uniques = {{"uq", {"a", "b"}}};
  return table;
}

table_def checked() {
  auto table = with({integer("a")});
  table.checks = {{"ck", "a > 0 and a <> 7"}};
  return table;
}

std::vector<case_of_equivalence> const cases{
    {"same affinity of text", with({text("a")}), "create table t (a VARCHAR(30) not null)", ""},
    {"same affinity of reals", with({column("a", "float64", "REAL")}), "create table t (a FLOAT not null)", ""},
    {"same affinity of integers", with({integer("a")}), "create table t (a BIGINT not null)", ""},
    {"time stamps as DATETIME", with({column("a", "timestamp", "TEXT")}), "create table t (a DATETIME not null)", ""},
    {"time stamps as TIMESTAMP", with({column("a", "timestamp", "TEXT")}), "create table t (a TIMESTAMP not null)", ""},
    {"a date as DATE", with({column("a", "date", "TEXT")}), "create table t (a DATE not null)", ""},
    {"JSON", with({column("a", "json", "TEXT")}), "create table t (a JSON not null)", ""},
    {"boolean spelled as integer", with({column("a", "bool", "BOOLEAN")}), "create table t (a INTEGER not null)", ""},
    {"boolean spelled as boolean", with({column("a", "bool", "INTEGER")}), "create table t (a BOOLEAN not null)", ""},
    {"text is no time stamp", with({text("a")}), "create table t (a DATETIME not null)",
     "t.a: type: expected TEXT, found DATETIME"},
    {"unix time is no text", with({column("a", "timestamp", "INTEGER")}), "create table t (a DATETIME not null)",
     "t.a: type: expected INTEGER, found DATETIME"},
    {"text is no integer", with({integer("a")}), "create table t (a TEXT not null)",
     "t.a: type: expected INTEGER, found TEXT"},
    {"column order and letter case", with({text("a"), text("b")}), "create table t (B text not null, A text not null)",
     ""},
    {"quoting, white space and comments", unique_ab(),
     "create table t([a]TEXT/*x*/not null,`b` text not null--\n,unique(\"b\",a))", ""},
    {"another constraint name", unique_ab(),
     "create table t (a text not null, b text not null, constraint other unique (a, b))", ""},
    {"a unique index instead of a constraint", unique_ab(),
     "create table t (a text not null, b text not null); create unique index u on t (a, b)", ""},
    {"a missing unique", unique_ab(), "create table t (a text not null, b text not null)",
     "t.a, b: missing unique: expected unique, found none"},
    {"a partial unique index is none", unique_ab(),
     "create table t (a text not null, b text not null); create unique index u on t (a, b) where a > 'x'",
     "t.a, b: missing unique: expected unique, found none"},
    {"an additional unique", with({text("a")}), "create table t (a text not null unique)",
     "t.a: additional unique: expected none, found unique"},
    {"the same check", checked(), "create table t (a INTEGER not null check (\"a\">0 AND a!=7))", ""},
    {"a missing check", checked(), "create table t (a INTEGER not null)",
     "t.a > 0 and a <> 7: missing check: expected check, found none"},
    {"the same default in brackets", with({with_default(integer("a"), "0")}),
     "create table t (a integer not null default (0))", ""},
    {"a default as text of a number", with({with_default(integer("a"), "0")}),
     "create table t (a integer not null default '0')", ""},
    {"a default as a bare word", with({with_default(text("a"), "'active'")}),
     "create table t (a text not null default active)", ""},
    {"true is 1", with({with_default(column("a", "bool", "BOOLEAN"), "1")}),
     "create table t (a boolean not null default true)", ""},
    {"DEFAULT NULL is none", with({text_or_null("a")}), "create table t (a text default null)", ""},
    {"the clock", with({with_default(text("a"), "CURRENT_TIMESTAMP")}),
     "create table t (a text not null default current_timestamp)", ""},
    {"a missing default", with({with_default(text("a"), "'x'")}), "create table t (a text not null)",
     "t.a: default: expected 'x', found none"},
    {"another default", with({with_default(text("a"), "'x'")}), "create table t (a text not null default 'y')",
     "t.a: default: expected 'x', found 'y'"},
    {"a key that accepts NULL", keyed(text("id")), "create table t (id TEXT primary key)",
     "t.id: nullable primary key: expected NOT NULL, found NULL allowed"},
    {"a rowid never is NULL", keyed(integer("id")), "create table t (id INTEGER primary key)", ""},
    {"NULL where none is expected", with({text("a")}), "create table t (a text)",
     "t.a: nullability: expected NOT NULL, found NULL allowed"},
    {"another key", keyed(text("id")), "create table t (id text not null, x text primary key)",
     "t: primary key: expected id, found x"},
    {"a missing column", with({text("a"), text("b")}), "create table t (a text not null)",
     "t.b: missing column: expected TEXT, found none"},
    {"a column of the owner's", with({text("a")}),
     "create table t (a text not null, mine text, more text not null default 'x')", ""},
    {"a foreign column that must be filled", with({text("a")}), "create table t (a text not null, b text not null)",
     "t.b: required column: expected none, found TEXT NOT NULL without default"},
    {"the same foreign key", related("set_null"),
     "create table p (id primary key); create table t (a text, constraint z foreign key (a) references P on delete set "
     "null)",
     ""},
    {"another action", related("set_null"),
     "create table p (id primary key); create table t (a text references p on delete cascade)",
     "t.a: foreign key: expected references p (id) on delete set_null, found references p (id) on delete cascade"},
    {"a missing foreign key", related("set_null"), "create table t (a text)",
     "t.a: missing foreign key: expected references p (id) on delete set_null, found none"},
    {"an additional foreign key", with({text_or_null("a")}),
     "create table p (id primary key); create table t (a text references p)",
     "t.a: additional foreign key: expected none, found references p (id)"},
};

}  // namespace

TEST_CASE("what is equal, and what differs") {
  for (auto const& each : cases) {
    INFO(each.name);
    auto database = memory();
    database.execute_script(each.found);
    std::string found;
    for (difference const& difference : compare_table(each.wanted, *introspect(database).find_table("t")))
      found += (found.empty() ? "" : "\n") + describe(difference);
    CHECK(found == each.expected);
  }
}

TEST_CASE("indexes are compared by columns, order, uniqueness and predicate") {
  auto database = memory();
  database.execute_script("create table t (a, b); create unique index ix on t (a, b desc) where a > 1");
  auto const schema = introspect(database);
  index_def same{"ix", "t", {{"A"}, {"b", true}}, true, "\"a\">1"};
  CHECK(compare_index(same, *schema.find_index("ix")).empty());
  same.columns[1].descending = false;
  CHECK(describe(compare_index(same, *schema.find_index("ix"))[0]) ==
        "t.ix: index: expected unique t (a, b) where a > 1, found unique t (a, b desc) where a > 1");
}
