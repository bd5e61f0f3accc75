// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

using namespace migration_test;

namespace {

table_def node(std::string name, std::string other) {
  return {.name = std::move(name),
          .columns = {integer("id"), text("label"), integer_or_null("next")},
          .primary_key = {"id"},
          .foreign_keys = {references("next", std::move(other), "cascade")}};
}

alter_table relaxing(table_def const& table) {
  auto after = table;
  after.columns[1].nullable = true;
  return {table, after};
}

/// Two tables that reference each other, changed by one migration.
list ring() {
  auto const a = node("a", "b");
  auto const b = node("b", "a");
  return make_list("ring", {{create_table{a}, create_table{b}}, {relaxing(a), relaxing(b)}});
}

connection filled_ring() {
  auto database = memory();
  auto first = ring();
  first.migrations.pop_back();
  upgrade(database, first);
  database.execute_script(
      "begin; pragma defer_foreign_keys = on; insert into a values (1, 'x', 2), (5, 'y', null); insert into b values "
      "(2, 'z', 1); commit; create table leaf (a references a on delete cascade, b references b on delete cascade);"
      "insert into leaf values (1, 2), (5, null); create trigger t after update on a begin update b set label = 'no'; "
      "end; create view both as select a.label as x, b.label as y from a join b on a.next = b.id");
  return database;
}

}  // namespace

TEST_CASE("tables that one migration rebuilds are all copied before the first is dropped") {
  auto database = filled_ring();
  std::vector<std::string> seen;
  database.set_trace([&](std::string_view sql) {
    for (char const* verb : {"insert or abort into", "drop table", "alter table"})
      if (sql.starts_with(verb)) seen.emplace_back(sql.substr(0, sql.find(" (")));
  });
  upgrade(database, ring());
  database.set_trace({});
  CHECK(seen == std::vector<std::string>{"insert or abort into \"_forge_new_a\"",
                                         "insert or abort into \"_forge_new_b\"", "drop table \"a\"",
                                         "drop table \"b\"", "alter table \"_forge_new_a\" rename to \"a\"",
                                         "alter table \"_forge_new_b\" rename to \"b\""});
}

TEST_CASE("a cycle of foreign keys survives the rebuild of all its tables") {
  auto database = filled_ring();
  auto const done = upgrade(database, ring());
  auto const& operations = done.schemas[0].migrations[0].operations;
  REQUIRE(operations.size() == 2);
  CHECK(operations[0].rows == 2);
  CHECK(operations[1].rows == 1);
  CHECK(query(database, "select * from a") == "1|x|2\n5|y|NULL");
  CHECK(query(database, "select * from b") == "2|z|1");
  CHECK(query(database, "select * from leaf") == "1|2\n5|NULL");
  CHECK(query(database, "select * from both") == "x|z");
  CHECK(query(database, "pragma foreign_key_check").empty());
  database.execute_script("delete from a where id = 1");
  CHECK(query(database, "select (select count(*) from a), (select count(*) from b), count(*) from leaf") == "1|0|1");
}

TEST_CASE("two rebuilds of one table in a migration follow each other") {
  auto const a = node("a", "b");
  auto const relaxed = relaxing(a);
  auto twice = relaxed.after;
  twice.columns[1].sqlite_default = "'new'";
  auto keyed = twice;
  keyed.uniques = {{"uq", {"label"}}};
  auto schema = ring();
  schema.migrations.push_back(
      {3, "more", "hash", {}, {}, {alter_table{relaxed.after, twice}, alter_table{twice, keyed}}});
  auto database = filled_ring();
  auto const done = upgrade(database, schema).schemas[0].migrations[1];
  CHECK(done.operations[0].way == "table rebuild");
  CHECK(done.operations[1].way == "table rebuild");
  CHECK(query(database, "select * from a") == "1|x|2\n5|y|NULL");
  auto const sql = query(database, "select sql from sqlite_schema where name = 'a'");
  CHECK(sql.find("DEFAULT 'new'") != std::string::npos);
  CHECK(sql.find("UNIQUE") != std::string::npos);
}

TEST_CASE("an operation that needs an earlier rebuild of its migration is judged behind it") {
  table_def const parents{.name = "p", .columns = {integer("id"), integer("code")}, .primary_key = {"id"}};
  table_def const children{.name = "c",
                           .columns = {integer("id"), integer("code")},
                           .primary_key = {"id"},
                           .foreign_keys = {{"fk", {"code"}, "p", {"code"}, "cascade"}}};
  auto keyed = parents;
  keyed.uniques = {{"", {"code"}}};
  auto keyless = children;
  keyless.foreign_keys.clear();
  auto slim = keyed;
  slim.columns.pop_back();
  slim.uniques.clear();
  auto database = memory();
  auto const schema = make_list("s", {{create_table{keyed}, create_table{children},
                                       sql_step{"insert into p values (1, 7); insert into c values (1, 7)", ""}},
                                      {alter_table{children, keyless}, alter_table{keyed, slim}}});
  CHECK_NOTHROW(upgrade(database, schema));
  CHECK(query(database, "select * from p") == "1");
  CHECK(query(database, "select * from c") == "1|7");
}
