// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

using namespace migration_test;

namespace {

column_def time_stamp(std::string name) { return column(std::move(name), "timestamp", "TEXT"); }
column_def status() { return with_default(text("status"), "'active'"); }

table_def old_projects() {
  return {.name = "projects",
          .columns = {text("id"), text("name"), status(), time_stamp("created_at")},
          .primary_key = {"id"},
          .uniques = {{"uq_projects_name", {"name"}}}};
}

table_def new_projects() {
  auto table = old_projects();
  table.columns.push_back(text_or_null("parent_id"));
  table.columns.push_back(with_default(integer("depth"), "0"));
  table.uniques = {{"uq_projects_name_parent", {"name", "parent_id"}}};
  table.foreign_keys = {references("parent_id", "projects", "cascade")};
  return table;
}

table_def prompts() {
  auto table = table_def{.name = "prompts", .columns = {text("id"), text("project_id")}, .primary_key = {"id"}};
  table.foreign_keys = {references("project_id", "projects", "cascade")};
  return table;
}

table_def loose_prompts() {
  auto table = prompts();
  table.columns[1].nullable = true;
  table.foreign_keys = {references("project_id", "projects", "set_null")};
  return table;
}

/// The history of a program that kept no record of its migrations.
list history_of_projects() {
  return make_list("forge", {{create_table{old_projects()}},
                             {create_table{prompts()}, create_index{{"ix_status", "projects", {{"status"}}}}},
                             {alter_table{old_projects(), new_projects()}},
                             {alter_table{prompts(), loose_prompts()}}});
}

std::string outcomes(report const& done) {
  std::string all;
  for (auto const& migration : done.schemas.at(0).migrations)
    for (auto const& operation : migration.operations) all += std::string{to_text(operation.result)} + ' ';
  return all;
}

// The same tables as an ORM's create_all writes them, and as hand-written statements do.
constexpr char old_create_all[] = R"(
  CREATE TABLE projects (id TEXT NOT NULL, name TEXT NOT NULL, status VARCHAR NOT NULL, created_at DATETIME NOT NULL,
    PRIMARY KEY (id), CONSTRAINT uq_projects_name UNIQUE (name));
  CREATE TABLE prompts (id TEXT NOT NULL, project_id TEXT NOT NULL, PRIMARY KEY (id),
    FOREIGN KEY(project_id) REFERENCES projects (id) ON DELETE CASCADE);
  INSERT INTO projects VALUES ('p', 'one', 'active', '2026-01-01 00:00:00.000000'); INSERT INTO prompts VALUES ('q', 'p');)";
constexpr char old_statements[] = R"(
  CREATE TABLE IF NOT EXISTS projects (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, status TEXT NOT NULL DEFAULT 'active',
    created_at TIMESTAMP NOT NULL);
  CREATE TABLE IF NOT EXISTS prompts (id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE);
  CREATE INDEX IF NOT EXISTS ix_status ON projects(status);
  INSERT INTO projects VALUES ('p', 'one', 'active', '2026-01-01 00:00:00+00:00'); INSERT INTO prompts VALUES ('q', 'p');)";
constexpr char new_create_all[] = R"(
  CREATE TABLE projects (id TEXT NOT NULL, name TEXT NOT NULL, status VARCHAR NOT NULL, parent_id TEXT, depth INTEGER NOT NULL,
    created_at DATETIME NOT NULL, PRIMARY KEY (id), CONSTRAINT uq_projects_name_parent UNIQUE (name, parent_id),
    FOREIGN KEY(parent_id) REFERENCES projects (id) ON DELETE CASCADE);
  CREATE INDEX ix_status ON projects (status);
  CREATE TABLE prompts (id TEXT NOT NULL, project_id TEXT, PRIMARY KEY (id),
    FOREIGN KEY(project_id) REFERENCES projects (id) ON DELETE SET NULL);
  INSERT INTO projects VALUES ('p', 'one', 'active', NULL, 0, '2026-01-01 00:00:00.000000'); INSERT INTO prompts VALUES ('q', 'p');)";

}  // namespace

TEST_CASE("a file of the old era in the ORM's spelling is adopted, then migrated") {
  auto database = memory();
  database.execute_script(old_create_all);
  auto const schema = history_of_projects();
  auto const done = upgrade(database, schema);
  CHECK(outcomes(done) == "recorded already applied applied applied ");
  CHECK(done.schemas[0].migrations[0].adopted);
  CHECK_FALSE(done.schemas[0].migrations[2].adopted);
  REQUIRE(done.schemas[0].accepted.size() == 1);
  CHECK(describe(done.schemas[0].accepted[0]) == "projects.status: default: expected 'active', found none");
  CHECK(query(database, "select * from prompts") == "q|p");
  CHECK(query(database, "select name, parent_id, depth from projects") == "one|NULL|0");
  CHECK(query(database, "select sql from sqlite_schema where name = 'projects'")
            .find("\"created_at\" DATETIME NOT NULL") != std::string::npos);
  CHECK(runner{database}.verify({&schema}).clean());
  auto const before = contents(database);
  CHECK(upgrade(database, schema).schemas[0].up_to_date);
  CHECK(contents(database) == before);
}

TEST_CASE("a file of the old era in the statements' spelling is adopted, then migrated") {
  auto database = memory();
  database.execute_script(old_statements);
  auto const schema = history_of_projects();
  auto const done = upgrade(database, schema);
  CHECK(outcomes(done) == "recorded recorded already applied applied ");
  REQUIRE(done.schemas[0].accepted.size() == 2);
  CHECK(describe(done.schemas[0].accepted[0]) ==
        "projects.id: nullable primary key: expected NOT NULL, found NULL allowed");
  CHECK(query(database, "select * from prompts") == "q|p");
  CHECK(runner{database}.verify({&schema}).clean());
}

TEST_CASE("a file of the new era is adopted as it is") {
  auto database = memory();
  database.execute_script(new_create_all);
  auto const tables = query(database, "select * from sqlite_schema where name in ('projects', 'prompts', 'ix_status')");
  auto const done = upgrade(database, history_of_projects());
  CHECK(outcomes(done) == "recorded already already recorded already ");
  CHECK(query(database, "select * from sqlite_schema where name in ('projects', 'prompts', 'ix_status')") == tables);
  CHECK(done.schemas[0].accepted.size() == 2);
  CHECK(upgrade(database, history_of_projects()).schemas[0].up_to_date);
}

TEST_CASE("a column that is missing in the middle is added") {
  auto database = memory();
  table_def const first{.name = "t", .columns = {text("a")}};
  auto const schema = make_list(
      "s", {{create_table{first}}, {add_column{"t", text_or_null("b")}}, {add_column{"t", text_or_null("c")}}});
  database.execute_script("create table t (a TEXT not null, c VARCHAR)");
  CHECK(outcomes(upgrade(database, schema)) == "already applied already ");
}

TEST_CASE("renames and drops that another program did are found done") {
  table_def const first{.name = "old", .columns = {text("a"), text("b"), with_default(text("c"), "'x'")}};
  auto const schema = make_list("s", {{create_table{first}, create_index{{"ix", "old", {{"b"}}}}},
                                      {rename_table{"old", "new"}, rename_column{"new", "c", "d"}},
                                      {drop_index{{"ix", "new", {{"b"}}}}, drop_column{"new", text("b")}}});
  SECTION("all of it") {
    auto database = memory();
    database.execute_script("create table new (a TEXT not null, d TEXT not null)");
    auto const done = upgrade(database, schema);
    CHECK(done.schemas[0].accepted.size() == 1);
    CHECK(describe(done.schemas[0].accepted.at(0)) == "new.d: default: expected 'x', found none");
    CHECK_FALSE(done.has_drift());
  }
  SECTION("none of it: the record follows the new names") {
    auto database = memory();
    database.execute_script(
        "create table old (a TEXT not null, b TEXT not null, c TEXT not null); create index ix on old (b); insert into "
        "old values (1, 2, 3)");
    auto const done = upgrade(database, schema);
    CHECK(outcomes(done) == "recorded already applied applied applied applied ");
    CHECK(describe(done.schemas[0].accepted.at(0)) == "new.d: default: expected 'x', found none");
    CHECK_FALSE(done.has_drift());
    CHECK(query(database, "select * from new") == "1|3");
  }
}

TEST_CASE("adoption stops at a table that is something else, and says what to do") {
  auto database = memory();
  database.execute_script(
      "create table projects (id integer primary key, name TEXT not null, status TEXT not null, created_at TEXT not "
      "null)");
  auto const before = query(database, "select * from sqlite_schema where name not like '_forge%'");
  CHECK(failure_of([&] { upgrade(database, history_of_projects()); }) ==
        "forge_db: upgrade of schema forge, migration 1 \"step 1\", operation 1 (create table projects): projects.id: "
        "type: expected TEXT, found "
        "INTEGER; change the database by hand to what is expected, or correct the migration and its spec; its "
        "transaction was rolled back");
  CHECK(query(database, "select * from sqlite_schema where name not like '_forge%' and name not like 'sqlite%'") ==
        before);
}

TEST_CASE("the rows that an interrupted rebuild of another program left are not overlooked") {
  auto database = memory();
  database.execute_script("create table projects_new (id TEXT); insert into projects_new values ('p'), ('q')");
  CHECK(failure_of([&] { upgrade(database, history_of_projects()); })
            .find("table projects: expected the table, or no trace of it, found no such table but projects_new with 2 "
                  "rows in it, as an interrupted rebuild of "
                  "another program leaves it; look at these rows, then run ALTER TABLE \"projects_new\" RENAME TO "
                  "\"projects\" or drop the left-over table") != std::string::npos);
  database.execute_script("delete from projects_new");
  CHECK_NOTHROW(upgrade(database, history_of_projects()));
}

TEST_CASE("what was accepted is measured against the record: another change is drift") {
  auto database = memory();
  database.execute_script(new_create_all);
  auto const schema = history_of_projects();
  upgrade(database, schema);
  database.execute_script("drop index ix_status; alter table prompts add column mine");
  auto const done = upgrade(database, schema);
  REQUIRE(done.schemas[0].drift.size() == 1);
  CHECK(describe(done.schemas[0].drift[0]) == "projects.ix_status: missing index: expected index, found none");
  CHECK(done.schemas[0].accepted.size() == 2);
  CHECK(upgrade(database, schema).has_drift());
  database.execute_script("create index ix_status on projects (status)");
  CHECK_FALSE(upgrade(database, schema).has_drift());
  CHECK(upgrade(database, schema).schemas[0].up_to_date);
}
