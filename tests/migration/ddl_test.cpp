// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

using namespace migration_test;
using forge_db::dialect;

namespace {

std::string one(operation const& op, dialect to = dialect::sqlite, std::size_t which = 0) {
  return statements(op, to).at(which);
}

column_def folded_text(std::string name) {
  auto column = text(std::move(name));
  column.sqlite_collation = "nocase";
  column.postgres_collation = "de-x-icu";
  return column;
}

column_def computed(std::string name, bool stored = false) {
  auto column = integer_or_null(std::move(name));
  column.postgres_type = "bigint";
  column.generated = generated_def{"a + b", "a + b", stored};
  return column;
}

index_def expression_index() {
  index_def index{"ix", "t", {{"a", true}}};
  index.columns.push_back({"", false, "lower(b)", "lower(b)", "NOCASE", "C"});
  return index;
}

trigger_def touch() {
  return {"touch", "t", "after update on t begin update t set n = n + 1 where id = new.id; end",
          "before update on t for each row execute function touch()", " begin new.n := old.n + 1; return new; end "};
}

}  // namespace

TEST_CASE("a collation stands behind the type") {
  CHECK(one(add_column{"t", folded_text("a")}) == "ALTER TABLE \"t\" ADD COLUMN \"a\" TEXT COLLATE NOCASE NOT NULL");
  CHECK(one(add_column{"t", folded_text("a")}, dialect::postgres) ==
        "ALTER TABLE \"t\" ADD COLUMN \"a\" text COLLATE \"de-x-icu\" NOT NULL");
}

TEST_CASE("a generated column, which PostgreSQL always stores") {
  CHECK(one(add_column{"t", computed("c")}) ==
        "ALTER TABLE \"t\" ADD COLUMN \"c\" INTEGER GENERATED ALWAYS AS (a + b) VIRTUAL");
  CHECK(one(add_column{"t", computed("c", true)}) ==
        "ALTER TABLE \"t\" ADD COLUMN \"c\" INTEGER GENERATED ALWAYS AS (a + b) STORED");
  CHECK(one(add_column{"t", computed("c")}, dialect::postgres) ==
        "ALTER TABLE \"t\" ADD COLUMN \"c\" bigint GENERATED ALWAYS AS (a + b) STORED");
}

TEST_CASE("options of a table are SQLite's") {
  table_def const table{
      .name = "t", .columns = {integer("id")}, .primary_key = {"id"}, .strict = true, .without_rowid = true};
  CHECK(one(create_table{table}) ==
        "CREATE TABLE \"t\" (\n    \"id\" INTEGER NOT NULL,\n    PRIMARY KEY (\"id\")\n) STRICT, WITHOUT ROWID");
  CHECK(one(create_table{table}, dialect::postgres) ==
        "CREATE TABLE \"t\" (\n    \"id\" text NOT NULL,\n    PRIMARY KEY (\"id\")\n)");
}

TEST_CASE("a composite foreign key") {
  table_def table{.name = "t", .columns = {text("a"), text("b")}};
  table.foreign_keys = {{"fk", {"a", "b"}, "p", {"x", "y"}, "cascade", "set_null"}};
  CHECK(one(create_table{table}) ==
        "CREATE TABLE \"t\" (\n    \"a\" TEXT NOT NULL,\n    \"b\" TEXT NOT NULL,\n    CONSTRAINT \"fk\" FOREIGN KEY "
        "(\"a\", \"b\") REFERENCES \"p\" (\"x\", \"y\") ON DELETE CASCADE ON UPDATE SET NULL\n)");
}

TEST_CASE("an index over an expression, with a collation") {
  CHECK(one(create_index{expression_index()}) ==
        "CREATE INDEX \"ix\" ON \"t\" (\"a\" DESC, (lower(b)) COLLATE NOCASE)");
  CHECK(one(create_index{expression_index()}, dialect::postgres) ==
        "CREATE INDEX \"ix\" ON \"t\" (\"a\" DESC, (lower(b)) COLLATE \"C\")");
}

TEST_CASE("columns beside the key, and a predicate per dialect") {
  index_def const index{
      .name = "ix", .table = "t", .columns = {{"a"}}, .where = "n", .postgres_where = "n <> 0", .include = {"b"}};
  CHECK(one(create_index{index}) == "CREATE INDEX \"ix\" ON \"t\" (\"a\", \"b\") WHERE n");
  CHECK(one(create_index{index}, dialect::postgres) ==
        "CREATE INDEX \"ix\" ON \"t\" (\"a\") INCLUDE (\"b\") WHERE n <> 0");
}

TEST_CASE("a view") {
  CHECK(one(create_view{{"v", "select 1", "select 2"}}) == "CREATE VIEW \"v\" AS select 1");
  CHECK(one(create_view{{"v", "select 1", "select 2"}}, dialect::postgres) == "CREATE VIEW \"v\" AS select 2");
  CHECK(one(drop_view{{"v", "select 1", "select 2"}}) == "DROP VIEW \"v\"");
}

TEST_CASE("a trigger, which brings its function along on PostgreSQL") {
  CHECK(one(create_trigger{touch()}) ==
        "CREATE TRIGGER \"touch\" after update on t begin update t set n = n + 1 where id = new.id; end");
  CHECK(one(create_trigger{touch()}, dialect::postgres) ==
        "CREATE FUNCTION \"touch\"() RETURNS trigger LANGUAGE plpgsql AS $forge$ begin new.n := old.n + 1; return new; "
        "end $forge$");
  CHECK(one(create_trigger{touch()}, dialect::postgres, 1) ==
        "CREATE TRIGGER \"touch\" before update on t for each row execute function touch()");
  CHECK(one(drop_trigger{touch()}, dialect::postgres) == "DROP TRIGGER \"touch\" ON \"t\"");
  CHECK(one(drop_trigger{touch()}, dialect::postgres, 1) == "DROP FUNCTION \"touch\"()");
}

TEST_CASE("a check per dialect") {
  CHECK(check_sql({"ck", "a glob 'x*'", "a ~ '^x'"}, dialect::sqlite) == "CONSTRAINT \"ck\" CHECK (a glob 'x*')");
  CHECK(check_sql({"ck", "a glob 'x*'", "a ~ '^x'"}, dialect::postgres) == "CONSTRAINT \"ck\" CHECK (a ~ '^x')");
}

TEST_CASE("changes of collations and expressions on PostgreSQL") {
  table_def const plain{.name = "t", .columns = {integer_or_null("c"), text("a")}};
  table_def const special{.name = "t", .columns = {computed("c"), folded_text("a")}};
  CHECK(
      one(alter_table{plain, special}, dialect::postgres) ==
      "ALTER TABLE \"t\"\n    DROP COLUMN \"c\",\n    ADD COLUMN \"c\" bigint GENERATED ALWAYS AS (a + b) STORED,\n    "
      "ALTER COLUMN \"a\" TYPE text COLLATE \"de-x-icu\"");
}

TEST_CASE("views and triggers reverse into each other") {
  view_def const view{"v", "select 1", "select 1"};
  CHECK(*reverse(create_view{view}) == operation{drop_view{view}});
  CHECK(*reverse(drop_view{view}) == operation{create_view{view}});
  CHECK(*reverse(create_trigger{touch()}) == operation{drop_trigger{touch()}});
  CHECK(*reverse(drop_trigger{touch()}) == operation{create_trigger{touch()}});
  CHECK(describe(create_trigger{touch()}) == "create trigger touch on t");
}
