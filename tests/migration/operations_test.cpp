// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

using namespace migration_test;
using forge_db::dialect;

namespace {

table_def books() {
  return {.name = "books",
          .columns = {column("id", "int64", "INTEGER"), text("title"), with_default(text("state"), "'new'")},
          .primary_key = {"id"},
          .uniques = {{"uq_title", {"title"}}},
          .foreign_keys = {references("state", "states", "cascade")},
          .checks = {{"", "state <> ''"}}};
}

std::string one(operation const& op, dialect to = dialect::sqlite) {
  auto const all = statements(op, to);
  return all.empty() ? "nothing" : all[0];
}

std::vector<operation> all_operations() {
  auto after = books();
  after.columns[1].nullable = true;
  return {create_table{books()},
          drop_table{books()},
          rename_table{"a", "b"},
          add_column{"books", text_or_null("x"), references("x", "y", "set_null")},
          drop_column{"books", text("x")},
          rename_column{"books", "a", "b"},
          create_index{{"ix", "books", {{"title"}}}},
          drop_index{{"ix", "books", {{"title"}}}},
          alter_table{books(), after},
          sql_step{"update a", "update a", "update b", "update b"}};
}

}  // namespace

TEST_CASE("create table") {
  CHECK(one(create_table{books()}) ==
        "CREATE TABLE \"books\" (\n    \"id\" INTEGER PRIMARY KEY,\n    \"title\" TEXT NOT NULL,\n    \"state\" TEXT "
        "NOT NULL DEFAULT 'new',\n"
        "    CONSTRAINT \"uq_title\" UNIQUE (\"title\"),\n"
        "    CONSTRAINT \"fk_state\" FOREIGN KEY (\"state\") REFERENCES \"states\" (\"id\") ON DELETE CASCADE,\n    "
        "CHECK (state <> '')\n)");
}

TEST_CASE("create table with a text key, and with AUTOINCREMENT") {
  CHECK(one(create_table{{.name = "t", .columns = {text("id")}, .primary_key = {"id"}}}) ==
        "CREATE TABLE \"t\" (\n    \"id\" TEXT NOT NULL,\n    PRIMARY KEY (\"id\")\n)");
  CHECK(one(create_table{{.name = "t", .columns = {integer("id")}, .primary_key = {"id"}, .autoincrement = true}}) ==
        "CREATE TABLE \"t\" (\n    \"id\" INTEGER PRIMARY KEY AUTOINCREMENT\n)");
}

TEST_CASE("drop table") { CHECK(one(drop_table{books()}) == "DROP TABLE \"books\""); }

TEST_CASE("rename table") { CHECK(one(rename_table{"a", "b\"c"}) == "ALTER TABLE \"a\" RENAME TO \"b\"\"c\""); }

TEST_CASE("add column") {
  CHECK(one(add_column{"books", text_or_null("note")}) == "ALTER TABLE \"books\" ADD COLUMN \"note\" TEXT");
}

TEST_CASE("add column with a foreign key") {
  CHECK(one(add_column{"books", text_or_null("x"), references("x", "y", "set_null")}) ==
        "ALTER TABLE \"books\" ADD COLUMN \"x\" TEXT CONSTRAINT \"fk_x\" REFERENCES \"y\" (\"id\") ON DELETE SET NULL");
}

TEST_CASE("an expression default goes into brackets") {
  CHECK(one(add_column{"books", with_default(text("at"), "datetime('now')")}) ==
        "ALTER TABLE \"books\" ADD COLUMN \"at\" TEXT NOT NULL DEFAULT (datetime('now'))");
}

TEST_CASE("drop column") { CHECK(one(drop_column{"books", text("x")}) == "ALTER TABLE \"books\" DROP COLUMN \"x\""); }

TEST_CASE("rename column") {
  CHECK(one(rename_column{"books", "a", "b"}) == "ALTER TABLE \"books\" RENAME COLUMN \"a\" TO \"b\"");
}

TEST_CASE("create index") {
  CHECK(one(create_index{{"ix", "books", {{"title"}, {"state", true}}, true, "state = 'new'"}}) ==
        "CREATE UNIQUE INDEX \"ix\" ON \"books\" (\"title\", \"state\" DESC) WHERE state = 'new'");
}

TEST_CASE("drop index") { CHECK(one(drop_index{{"ix", "books", {{"title"}}}}) == "DROP INDEX \"ix\""); }

TEST_CASE("alter table that only adds columns") {
  auto after = books();
  after.columns.push_back(text_or_null("note"));
  CHECK(one(alter_table{books(), after}) == "ALTER TABLE \"books\" ADD COLUMN \"note\" TEXT");
}

TEST_CASE("alter table has no statement of its own on SQLite, and one on PostgreSQL") {
  auto after = books();
  after.columns[1].nullable = true;
  after.uniques.clear();
  CHECK(one(alter_table{books(), after}) == "nothing");
  CHECK(one(alter_table{books(), after}, dialect::postgres) ==
        "ALTER TABLE \"books\"\n    DROP CONSTRAINT \"uq_title\",\n    ALTER COLUMN \"title\" DROP NOT NULL");
}

TEST_CASE("reversing twice gives the operation back") {
  for (operation const& op : all_operations()) {
    INFO(describe(op));
    auto const back = reverse(op);
    REQUIRE(back);
    CHECK(*back != op);
    CHECK(reverse(*back) == op);
  }
}

TEST_CASE("steps without a reverse have none") {
  CHECK_FALSE(reverse(data_step{"x", ""}));
  CHECK_FALSE(reverse(sql_step{"update a", ""}));
}

TEST_CASE("an operation and its reverse leave the schema as it was") {
  detail::replayed_schema schema;
  schema.apply(create_table{books()});
  schema.apply(create_index{{"ix", "books", {{"title"}}}});
  for (operation const& op :
       {operation{rename_table{"books", "works"}}, operation{rename_column{"books", "title", "label"}},
        operation{add_column{"books", text_or_null("x"), references("x", "y", "set_null")}}}) {
    auto changed = schema;
    changed.apply(op);
    CHECK(changed.tables != schema.tables);
    changed.apply(*reverse(op));
    CHECK(changed.tables == schema.tables);
    CHECK(changed.indexes == schema.indexes);
  }
}

TEST_CASE("sha256 and the chain") {
  CHECK(forge_db::detail::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(forge_db::detail::sha256_hex(std::string(1000, 'a')) ==
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3");
  auto const two = make_list("s", {{}, {}});
  CHECK(chain_of(two) == chain_link(chain_link(chain_start("s"), two.migrations[0]), two.migrations[1]));
}
