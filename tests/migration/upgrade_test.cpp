// SPDX-License-Identifier: MIT
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace migration_test;

namespace {

list shop() {
  return make_list(
      "shop", {{create_table{{.name = "makers", .columns = {integer("id"), text("name")}, .primary_key = {"id"}}},
                create_table{{.name = "goods",
                              .columns = {integer("id"), text("title"), integer_or_null("maker_id")},
                              .primary_key = {"id"},
                              .foreign_keys = {references("maker_id", "makers", "set_null")}}},
                create_index{{"ix_goods_title", "goods", {{"title"}}}}},
               {add_column{"goods", with_default(text("state"), "'new'")}, rename_column{"goods", "title", "label"}}});
}

}  // namespace

TEST_CASE("an empty database gets every migration in order") {
  auto database = memory();
  auto const done = upgrade(database, shop());
  REQUIRE(done.schemas.size() == 1);
  CHECK(done.schemas[0].from == std::nullopt);
  CHECK(done.schemas[0].to == 2);
  REQUIRE(done.schemas[0].migrations.size() == 2);
  CHECK(done.schemas[0].migrations[0].operations[2].what == "create index ix_goods_title on goods");
  CHECK(done.schemas[0].migrations[0].operations[2].result == outcome::applied);
  CHECK(query(database, "select name from pragma_table_info('goods')") == "id\nlabel\nmaker_id\nstate");
  CHECK(runner{database}.verify({}).not_ours == std::vector<std::string>{"goods", "makers"});
  auto const schema = shop();
  CHECK(runner{database}.verify({&schema}).clean());
}

TEST_CASE("a second upgrade changes nothing") {
  auto database = memory();
  upgrade(database, shop());
  auto const before = contents(database);
  auto const done = upgrade(database, shop());
  CHECK(done.schemas[0].up_to_date);
  CHECK(contents(database) == before);
}

TEST_CASE("an up-to-date start reads the schema counter and one row") {
  auto database = memory();
  upgrade(database, shop());
  std::vector<std::string> seen;
  database.set_trace([&](std::string_view sql) { seen.emplace_back(sql); });
  upgrade(database, shop());
  database.set_trace({});
  REQUIRE(seen.size() == 2);
  CHECK(seen[0] == "pragma schema_version");
  CHECK(seen[1].starts_with("select version, chain, fingerprint, cookie from \"_forge_head\""));
}

TEST_CASE("another schema counter leads to one full look, and then to short starts again") {
  auto database = memory();
  upgrade(database, shop());
  database.execute_script("create table mine (a)");
  auto const routine = upgrade(database, shop());
  CHECK_FALSE(routine.schemas[0].up_to_date);
  CHECK_FALSE(routine.has_drift());
  CHECK(upgrade(database, shop()).schemas[0].up_to_date);
}

TEST_CASE("the schema is read once while migrations find everything so, and again when one changed it") {
  auto const reads = [](std::string const& script, list const& schema) {
    auto database = adopted(script);
    int count = 0;
    database.set_trace(
        [&](std::string_view sql) { count += sql.find("pragma_table_xinfo") != std::string_view::npos; });
    upgrade(database, schema);
    return count;
  };
  auto const index = [](char const* name) { return create_index{{name, "books", {{"title"}}}}; };
  list const schema = make_list("library", {{create_table{books()}}, {index("a")}, {index("b")}, {index("c")}});
  std::string const made = "create table books (id integer primary key, title text not null, score integer);";
  std::string const indexes = "create index a on books (title); create index b on books (title);";
  int const all_there = reads(made + indexes + "create index c on books (title);", schema);
  CHECK(all_there == 1);
  CHECK(reads(made + indexes, schema) == all_there + 1);
  CHECK(reads(made, schema) == all_there + 3);
}

TEST_CASE("a look at the schema lists its tables once, however many there are") {
  std::string script;
  for (int i = 0; i < 20; ++i) {
    std::string const number = std::to_string(i);
    script += "create table t" + number + " (id integer primary key) strict; create view v" + number + " as select 1;";
  }
  auto database =
      adopted(script + "create table w (id text primary key) without rowid; create virtual table f using fts5(x);");
  int lists = 0;
  database.set_trace([&](std::string_view sql) { lists += sql == "-- PRAGMA table_list"; });
  live_schema const live = introspect(database);
  database.set_trace({});
  CHECK(lists == 1);
  CHECK(live.tables.size() == 21);
  CHECK(live.views.size() == 20);
  CHECK((live.find_table("t7")->strict && !live.find_table("t7")->without_rowid));
  CHECK((live.find_table("w")->without_rowid && !live.find_table("w")->strict));
  CHECK(live.find_virtual_table("f") != nullptr);
}

TEST_CASE("two schemas in one file are both up to date after the run that made them") {
  auto database = memory();
  auto const first = shop();
  auto second = make_list("notes", {{create_table{{.name = "notes", .columns = {text("id")}, .primary_key = {"id"}}}}});
  runner{database}.upgrade({&first, &second});
  auto const again = runner{database}.upgrade({&first, &second});
  CHECK(again.schemas[0].up_to_date);
  CHECK(again.schemas[1].up_to_date);
  second.migrations.push_back({2, "more", "hash", {}, {}, {add_column{"notes", text_or_null("body")}}});
  second.tables[0].columns.push_back(text_or_null("body"));
  runner{database}.upgrade({&second});
  CHECK(runner{database}.upgrade({&first, &second}).schemas[0].up_to_date);
}

TEST_CASE("the report tells the version that another process brought a schema to in the meantime") {
  scratch_file const file;
  auto database = connection::open(file.path());
  auto const first = shop();
  auto const second =
      make_list("notes", {{create_table{{.name = "notes", .columns = {text("id")}, .primary_key = {"id"}}}}});
  struct : observer {
    std::string path;
    std::vector<list const*> lists;
    void migration_finished(std::string const&, migration_report const&) override {
      auto other = connection::open(path);  // stands for a process that starts while this one migrates
      runner{other}.upgrade(lists);
    }
  } meanwhile;
  meanwhile.path = file.path();
  meanwhile.lists = {&first, &second};
  auto const done = runner{database}.upgrade({&first, &second}, &meanwhile);
  CHECK(done.schemas[0].to == 2);
  CHECK(done.schemas[1].from == std::nullopt);
  CHECK(done.schemas[1].migrations.empty());
  CHECK(done.schemas[1].to == 1);
}

TEST_CASE("a database opened to be read only is refused with what to do, and a read-only connection checks the file") {
  scratch_file const file;
  auto const schema = shop();
  {
    auto maker = connection::open(file.path());
    upgrade(maker, schema);
  }
  forge_db::sqlite::options reads;
  reads.read_only = true;
  auto database = forge_db::sqlite::open(file.path(), reads);
  CHECK_THROWS_WITH(runner{database}.verify({&schema}),
                    Catch::Matchers::ContainsSubstring("give the runner a sqlite::connection of its own"));
  auto reading = connection::open(file.path(), reads);
  CHECK(upgrade(reading, schema).schemas[0].up_to_date);
  CHECK(runner{reading}.verify({&schema}).clean());
}

TEST_CASE("steps of every start run at every start, in transactions of their own") {
  auto database = memory();
  auto schema = shop();
  schema.every_start.push_back({"forget makers", "", [](forge_db::sqlite::write_session& session) {
                                  session.connection().execute_script("delete from makers");
                                  return step_result{session.connection().changes(), {"forgot"}};
                                }});
  upgrade(database, schema);
  database.execute_script("insert into makers values (1, 'a'), (2, 'b')");
  auto const done = upgrade(database, schema);
  CHECK(done.schemas[0].up_to_date);
  REQUIRE(done.schemas[0].every_start.size() == 1);
  CHECK(done.schemas[0].every_start[0].rows == 2);
  CHECK(done.schemas[0].every_start[0].notes == std::vector<std::string>{"forgot"});
}

TEST_CASE("an upgrade inside of a transaction is refused") {
  auto database = memory();
  database.begin_write();
  CHECK_THROWS_AS(upgrade(database, shop()), forge_db::session_misuse);
}

TEST_CASE("a database with a pool is upgraded on its writing connection") {
  scratch_file const file;
  auto database = forge_db::sqlite::open(file.path());
  auto const schema = shop();
  CHECK(runner{database}.upgrade({&schema}).schemas[0].to == 2);
}

TEST_CASE("user_version is never touched") {
  auto database = memory();
  database.execute_script("pragma user_version = 4711");
  upgrade(database, shop());
  CHECK(query(database, "pragma user_version") == "4711");
}

TEST_CASE("what is planned for later is refused") {
  auto database = memory();
  auto const schema = shop();
  CHECK(failure_of([&] { runner{database}.down(schema, 1); }) == "forge_db: migrating down is not supported yet");
  CHECK_THROWS_AS(runner{database}.squash(schema, 1), forge_db::not_supported);
  CHECK_THROWS_AS(runner{database}.baseline(schema, 1), forge_db::not_supported);
  CHECK_THROWS_AS(runner{database}.upgrade_to(schema, 1), forge_db::not_supported);
}
