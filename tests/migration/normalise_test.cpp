// SPDX-License-Identifier: MIT
// Adoption that brings a table in line instead of recording how it differs, and the order of schemas.
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

using namespace migration_test;
using Catch::Matchers::ContainsSubstring;

namespace {

list people(bool normalise = true) {
  table_def table{.name = "people",
                  .columns = {text("id"), text("name"), with_default(integer("age"), "0")},
                  .primary_key = {"id"},
                  .uniques = {{"uq_name", {"name"}}}};
  table.checks = {{"ck_age", "age >= 0"}};
  auto all = make_list("s", {{create_table{table}}});
  if (normalise) all.adopt = {{"people", true, true, true, true}};
  return all;
}

connection found(std::string const& rows = "insert into people values ('a', 'Ann', 3, 'kept')") {
  auto database = memory();
  database.execute_script(
      "create table people (id text primary key, name text not null, age integer not null, mine text);"
      "create table pets (owner text references people(id) on delete cascade);"
      "create view names as select name from people;" +
      rows + "; insert into pets values ('a')");
  return database;
}

std::size_t accepted(connection& database, list const& schema) {
  return runner{database}.verify({&schema}).schemas[0].accepted.size();
}

}  // namespace

TEST_CASE("adoption records what differs, or brings it in line when asked") {
  auto recorded = found();
  auto const plain = people(false);
  upgrade(recorded, plain);
  CHECK(accepted(recorded, plain) == 4);

  auto database = found();
  auto const schema = people();
  auto const done = upgrade(database, schema).schemas[0].migrations[0].operations[0];
  CHECK(done.way == "table rebuild");
  CHECK(accepted(database, schema) == 0);
  CHECK(runner{database}.verify({&schema}).clean());
  CHECK(query(database, "select id, name, age, mine from people") == "a|Ann|3|kept");
  CHECK(query(database, "select (select count(*) from pets), (select name from names)") == "1|Ann");
  for (char const* bad :
       {"insert into people values (null, 'Bob', 1, '')", "insert into people values ('b', 'Ann', 1, '')",
        "insert into people values ('b', 'Bob', -1, '')"})
    CHECK(failure_of([&] { database.execute_script(bad); }) != "no failure");
  database.execute_script("insert into people (id, name) values ('b', 'Bob')");
}

TEST_CASE("only what is asked for is brought in line") {
  auto database = found();
  auto schema = people();
  schema.adopt = {{"people", true, false, false, false}};
  upgrade(database, schema);
  CHECK(accepted(database, schema) == 3);
  CHECK(runner{database}.verify({&schema}).clean());
}

TEST_CASE("rows in the way of adoption are counted, and nothing changes") {
  struct {
    char const* rows;
    char const* message;
  } const cases[] = {
      {"insert into people values ('a', 'Ann', 3, ''), ('b', 'Ann', 4, '')",
       "unique values of name, found 1 row repeating earlier ones; correct these rows"},
      {"insert into people values (null, 'Ann', 3, ''), ('a', 'Bob', 1, '')",
       "no NULL in the key column id, found 1 row with NULL"},
      {"insert into people values ('a', 'Ann', -3, ''), ('b', 'Bob', -1, '')",
       "rows that pass CHECK (age >= 0), found 2 rows failing it"},
  };
  for (auto const& each : cases) {
    auto database = found(each.rows);
    auto const before = query(database, "select sql from sqlite_schema where name = 'people'");
    CHECK_THAT(failure_of([&] { upgrade(database, people()); }), ContainsSubstring(each.message));
    CHECK(query(database, "select sql from sqlite_schema where name = 'people'") == before);
  }
}

TEST_CASE("a schema comes after those that it refers to") {
  auto const first =
      make_list("first", {{create_table{{.name = "a", .columns = {integer("id")}, .primary_key = {"id"}}}}});
  auto second = make_list("second", {{create_table{{.name = "b", .columns = {integer("id")}, .primary_key = {"id"}}}}});
  second.after = {"first"};
  auto database = memory();
  runner run{database};
  CHECK_THAT(failure_of([&] {
               run.upgrade({&second, &first});
             }),
             ContainsSubstring("requires schema first to come before schema second"));
  CHECK_THAT(failure_of([&] { run.plan({&second, &first}); }), ContainsSubstring("to come before schema second"));
  CHECK_THAT(failure_of([&] { run.upgrade({&second}); }), ContainsSubstring("requires schema first, whose tables"));
  CHECK(query(database, "select count(*) from sqlite_schema") == "0");
  run.upgrade({&first, &second});
  CHECK(run.upgrade({&second}).schemas[0].up_to_date);
}

TEST_CASE("a migration that breaks somebody's view is refused with its name") {
  auto const table = table_def{.name = "t", .columns = {integer("id")}, .primary_key = {"id"}};
  auto database = memory();
  upgrade(database, make_list("s", {{create_table{table}}}));
  database.execute_script("create view theirs as select id from t");
  auto const change = make_list("s", {{create_table{table}}, {drop_table{table}}});
  CHECK_THAT(failure_of([&] { upgrade(database, change); }),
             ContainsSubstring("view theirs would not work any more: no such table: main.t"));
  CHECK(query(database, "select count(*) from t") == "0");
}

TEST_CASE("a snapshot with a rollback journal does not wait for its own migration") {
  scratch_file const file;
  forge_db::sqlite::options settings;
  settings.journal_wal = false;
  settings.cache_size_kib = 16;  // so that uncommitted pages are written to the file
  auto database = connection::open(file.path(), settings);
  auto const table = [](std::string name) {
    return table_def{.name = std::move(name), .columns = {integer("id"), text("a")}, .primary_key = {"id"}};
  };
  auto const first = std::vector<operation>{create_table{table("t")}, create_table{table("gone")}};
  upgrade(database, make_list("s", {first}));
  database.execute_script(
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
      "insert into t select i, hex(zeroblob(100)) from n; insert into gone values (1, 'x')");
  auto const change = make_list("s", {first, {create_index{{"ix", "t", {{"a"}}}}, drop_table{table("gone")}}});
  auto const done = upgrade(database, change).schemas[0].migrations[0];
  REQUIRE_FALSE(done.snapshot.empty());
  auto copy = connection::open(done.snapshot);
  CHECK(query(copy, "select a from gone") == "x");
}
