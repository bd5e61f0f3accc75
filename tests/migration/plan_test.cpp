// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

using namespace migration_test;

namespace {

table_def books() { return {.name = "books", .columns = {integer("id"), text("title")}, .primary_key = {"id"}}; }

list schema() {
  auto renamed = books();
  renamed.name = "works";
  auto relaxed = renamed;
  relaxed.columns[1].nullable = true;
  return make_list("library",
                   {{create_table{books()}},
                    {rename_table{"books", "works"}, alter_table{renamed, relaxed}},
                    {data_step{"tidy", "", [](forge_db::sqlite::write_session&) -> step_result { throw 1; }}}});
}

std::string shown(upgrade_plan const& plan) {
  std::string text;
  for (auto const& each : plan.operations) text += each.what + ": " + each.way + " (" + each.why + ")\n";
  return text;
}

}  // namespace

TEST_CASE("a plan tells what would run, by which rung and why, and changes nothing") {
  auto database = memory();
  database.execute_script(
      "create table books (id integer primary key, title text not null); insert into books values (1, 'a'), (2, 'b')");
  auto const before = contents(database);
  auto const all = schema();
  auto const plan = runner{database}.plan({&all});
  CHECK(shown(plan) ==
        "create table books: nothing to do (the database is so already)\n"
        "rename table books to works: native statement (one native statement is enough)\n"
        "alter table works: table rebuild (this SQLite has no statement that changes NOT NULL)\n"
        "data step tidy: step (data steps are repeatable and run once)\n");
  CHECK(plan.operations[1].statements == std::vector<std::string>{"ALTER TABLE \"books\" RENAME TO \"works\""});
  CHECK(contents(database) == before);
}

TEST_CASE("a plan estimates a rebuild, and shows a refusal") {
  auto database = memory();
  auto relaxed = books();
  relaxed.columns[1].nullable = true;
  auto const all =
      make_list("library", {{create_table{books()}}, {alter_table{books(), relaxed}, add_column{"books", text("x")}}});
  auto first = all;
  first.migrations.pop_back();
  upgrade(database, first);
  database.execute_script(
      "insert into books with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) select i, "
      "'title' from n");
  auto const plan = runner{database}.plan({&all});
  REQUIRE(plan.operations.size() == 2);
  CHECK(plan.operations[0].rows == 1000);
  CHECK(plan.operations[0].bytes > 10000);
  CHECK(plan.operations[0].seconds > 0);
  CHECK(plan.operations[1].way == "refused");
}
