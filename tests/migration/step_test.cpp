// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

#include <stdexcept>

using namespace migration_test;
using forge_db::sqlite::write_session;

namespace {

table_def notes() { return {.name = "notes", .columns = {integer("id"), text("body")}, .primary_key = {"id"}}; }

/// notes, then a migration that adds a column and runs `step`.
list with_step(step_function step) {
  return make_list("s", {{create_table{notes()}},
                         {add_column{"notes", text_or_null("kind")}, data_step{"fill_kind", "", std::move(step)}}});
}

step_result fill(write_session& session) {
  session.connection().execute_script("update notes set kind = 'old' where kind is null");
  return {session.connection().changes(), {"filled"}};
}

connection with_notes() {
  auto database = memory();
  upgrade(database, make_list("s", {{create_table{notes()}}}));
  database.execute_script("insert into notes values (1, 'a'), (2, 'b')");
  return database;
}

std::string const where = "forge_db: upgrade of schema s, migration 2 \"step 2\", operation 2 (data step fill_kind): ";

}  // namespace

TEST_CASE("a data step runs in order with the schema, and says what it did") {
  auto database = with_notes();
  auto const done = upgrade(database, with_step(fill)).schemas[0].migrations[0].operations[1];
  CHECK(done.result == outcome::data);
  CHECK(done.rows == 2);
  CHECK(done.notes == std::vector<std::string>{"filled"});
  CHECK(query(database, "select kind from notes") == "old\nold");
}

TEST_CASE("a failing data step rolls its migration back, and can simply be run again") {
  auto database = with_notes();
  auto const before = contents(database);
  auto const failure = failure_of([&] {
    upgrade(database, with_step([](write_session& session) -> step_result {
              fill(session);
              throw std::runtime_error("the moon is full");
            }));
  });
  CHECK(failure == where + "the moon is full; its transaction was rolled back");
  CHECK(contents(database) == before);
  CHECK(upgrade(database, with_step(fill)).schemas[0].to == 2);
}

TEST_CASE("an error of the engine keeps its context") {
  auto database = with_notes();
  try {
    upgrade(database, with_step([](write_session& session) -> step_result {
              session.connection().execute_script("insert into notes (id, body) values (1, 'again')");
              return {};
            }));
    FAIL("no failure");
  } catch (forge_db::migration_failed const& failure) {
    CHECK(failure.context().table == "notes");
    CHECK(failure.context().engine_extended_code == 1555);
    CHECK(std::string{failure.what()}.starts_with(where + "forge_db: a statement would repeat"));
  }
}

TEST_CASE("foreign keys are on while a step runs: its deletes cascade") {
  auto database = with_notes();
  database.execute_script(
      "create table tags (note integer references notes on delete cascade); insert into tags values (1), (2)");
  upgrade(database, with_step([](write_session& session) -> step_result {
            session.connection().execute_script("delete from notes where id = 1");
            return {1, {}};
          }));
  CHECK(query(database, "select * from tags") == "2");
}

TEST_CASE("a step beside a table rebuild is refused, with the cure") {
  auto after = notes();
  after.columns[1].nullable = true;
  auto database = with_notes();
  auto const schema =
      make_list("s", {{create_table{notes()}}, {alter_table{notes(), after}, data_step{"x", "", fill}}});
  CHECK(failure_of([&] { upgrade(database, schema); }) ==
        "forge_db: upgrade of schema s, migration 2 \"step 2\", operation 1 (alter table notes): the table has to be "
        "rebuilt (this SQLite has no "
        "statement that changes NOT NULL), with foreign keys off for the whole migration, and the migration also holds "
        "a data or sql step, which "
        "needs them on; put the step in a migration of its own; its transaction was rolled back");
}

TEST_CASE("a step must not end its transaction, and must exist") {
  auto database = with_notes();
  CHECK(failure_of([&] {
          upgrade(database, with_step([](write_session& session) -> step_result {
                    session.connection().execute_script("commit");
                    return {};
                  }));
        }).find("the step ended the transaction that it was given; leave that to the runner") != std::string::npos);
  auto fresh = with_notes();
  CHECK(failure_of([&] { upgrade(fresh, with_step({})); }) ==
        "forge_db: upgrade of schema s, migration 2 \"step 2\", operation 2 (data step fill_kind) requires a function "
        "to be supplied; pass it to migrations()");
}

TEST_CASE("hand-written SQL runs once, in its place") {
  auto database = with_notes();
  auto const schema = make_list(
      "s",
      {{create_table{notes()}}, {sql_step{"update notes set body = upper(body); delete from notes where id = 2", ""}}});
  CHECK(upgrade(database, schema).schemas[0].migrations[0].operations[0].result == outcome::data);
  CHECK(query(database, "select * from notes") == "1|A");
  CHECK(upgrade(database, schema).schemas[0].up_to_date);
}
