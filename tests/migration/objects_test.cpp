// SPDX-License-Identifier: MIT
// Views, triggers, generated columns, collations and table options in a database that lives.
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

using namespace migration_test;
using Catch::Matchers::ContainsSubstring;

namespace {

view_def titles(std::string const& sql = "select id, title from books where score is not null") {
  return {"titles", sql, sql};
}

trigger_def touch(std::string sql =
                      "after update of title on books begin update books set score = 1 where id = "
                      "new.id; end") {
  return {"touch", "books", std::move(sql), ""};
}

list with_objects() {
  return make_list("library", {{create_table{books()}, create_view{titles()}, create_trigger{touch()}}});
}

std::string drift(connection& database, list const& schema) {
  std::string all;
  auto const found = runner{database}.verify({&schema});
  for (difference const& each : found.schemas[0].drift) all += describe(each) + '\n';
  return all;
}

table_def rich(bool stored = false) {
  table_def table{.name = "t", .columns = {integer("id"), text("a"), integer("n"), integer_or_null("twice")}};
  table.primary_key = {"id"};
  table.columns[1].sqlite_collation = "NOCASE";
  table.columns[3].generated = generated_def{"n * 2", "n * 2", stored};
  return table;
}

constexpr char const* rich_rows = "insert into t (id, a, n) values (1, 'x', 5), (2, 'Y', 6)";

}  // namespace

TEST_CASE("views and triggers are made, work, and are found again") {
  auto database = memory();
  auto const schema = with_objects();
  upgrade(database, schema);
  database.execute_script("insert into books values (1, 'a', null); update books set title = 'b'");
  CHECK(query(database, "select * from titles") == "1|b");
  CHECK(drift(database, schema).empty());
  CHECK(upgrade(database, schema).schemas[0].up_to_date);
}

TEST_CASE("a view or trigger that another program made in its own spelling is adopted") {
  auto database = adopted(
      "create table books (id integer primary key, title text not null, score integer);"
      "create view [titles] as SELECT id,\n title -- all\n FROM \"books\" WHERE score IS NOT NULL;"
      "create trigger touch AFTER UPDATE OF title ON books FOR EACH ROW BEGIN UPDATE books SET score=1 WHERE "
      "id=NEW.id; END;");
  auto const report = upgrade(database, with_objects());
  CHECK(report.schemas[0].migrations[0].adopted);
  CHECK(drift(database, with_objects()).empty());
}

TEST_CASE("a view or trigger that only the other dialect has is left out") {
  view_def const view{"titles", "", "select id, title from books"};
  trigger_def const trigger{"touch", "books", "", "after insert on books for each row execute function touch()"};
  auto database = memory();
  upgrade(database, make_list("library", {{create_table{books()}, create_view{view}, create_trigger{trigger}}}));
  auto const schema = make_list("library", {{create_table{books()}, create_view{view}, create_trigger{trigger}},
                                            {drop_trigger{trigger}, drop_view{view}}});
  upgrade(database, schema);
  CHECK(query(database, "select count(*) from sqlite_schema where type in ('view', 'trigger')") == "0");
  for (operation const& op : schema.migrations[1].operations) {
    CHECK(statements(op, forge_db::dialect::sqlite).empty());
    CHECK(statements(op, forge_db::dialect::postgres).size() == 1);
  }
}

TEST_CASE("a view of the same name and another meaning is refused") {
  auto database = adopted(
      "create table books (id integer primary key, title text not null, score integer);"
      "create view titles as select 1 as id, 'x' as title");
  CHECK_THAT(failure_of([&] { upgrade(database, with_objects()); }), ContainsSubstring("titles: view: expected"));
}

TEST_CASE("a view or trigger that does not work is refused with SQLite's reason") {
  auto database = memory();
  auto const view = make_list("library", {{create_table{books()}, create_view{titles("select no_such from books")}}});
  CHECK_THAT(failure_of([&] { upgrade(database, view); }), ContainsSubstring("no such column: no_such"));
  auto const body = "after insert on books begin insert into log values (1); end";
  auto const trigger = make_list("library", {{create_table{books()}, create_trigger{touch(body)}}});
  CHECK_THAT(failure_of([&] { upgrade(database, trigger); }), ContainsSubstring("no such table: main.log"));
  CHECK(query(database, "select count(*) from sqlite_schema where name = 'books'") == "0");
}

TEST_CASE("no table of ForgeDB's own stands in a stored schema") {
  auto database = memory();
  auto const schema = make_list("library", {{create_view{titles("select c0 from forge_span(1)")}}});
  CHECK_THAT(failure_of([&] { upgrade(database, schema); }), ContainsSubstring("unsafe use of virtual table"));
}

TEST_CASE("views and triggers are replaced") {
  auto database = memory();
  upgrade(database, with_objects());
  auto schema = make_list(
      "library", {with_objects().migrations[0].operations,
                  {drop_view{titles()}, create_view{titles("select id, title from books")}, drop_trigger{touch()}}});
  upgrade(database, schema);
  CHECK(drift(database, schema).empty());
  CHECK(query(database, "select count(*) from sqlite_schema where type = 'trigger'") == "0");
  auto other = memory();  // and a database that stands at the end already needs nothing
  other.execute_script(
      "create table books (id integer primary key, title text not null, score integer);"
      "create view titles as select id, title from books");
  auto const report = upgrade(other, schema);
  CHECK(report.schemas[0].migrations[1].operations[1].result == outcome::already);
}

TEST_CASE("names that SQLite writes into views and triggers are no drift") {
  auto database = memory();
  auto const schema =
      make_list("library", {with_objects().migrations[0].operations,
                            {rename_table{"books", "works"}, rename_column{"works", "title", "label"}}});
  upgrade(database, schema);
  CHECK(query(database, "select sql from sqlite_schema where name = 'titles'").find("works") != std::string::npos);
  CHECK(drift(database, schema).empty());
}

TEST_CASE("drift of views and triggers is told object by object") {
  auto database = memory();
  auto const schema = with_objects();
  upgrade(database, schema);
  database.execute_script("drop trigger touch; drop view titles; create view titles as select 1");
  CHECK_THAT(drift(database, schema), ContainsSubstring("titles: view: expected as select id"));
  CHECK_THAT(drift(database, schema), ContainsSubstring("books.touch: missing trigger"));
}

TEST_CASE("a rebuild keeps views of views, triggers on other tables, collations, expressions and options") {
  auto before = rich();
  before.strict = true;
  auto after = before;
  after.uniques = {{"uq_a", {"a"}}};
  auto const first = std::vector<operation>{
      create_table{before}, create_table{books()}, create_view{{"v", "select a, twice from t", ""}},
      create_view{{"vv", "select a from v", ""}},
      create_trigger{{"far", "books",
                      "after insert on books begin insert into t (id, a, n) values (new.id, new.title, 1); end", ""}}};
  auto database = memory();
  upgrade(database, make_list("s", {first}));
  database.execute_script(rich_rows);
  auto const schema = make_list("s", {first, {alter_table{before, after}}});
  CHECK(upgrade(database, schema).schemas[0].migrations[0].operations[0].way == "table rebuild");
  CHECK(drift(database, schema).empty());
  CHECK(query(database, "select a, twice from t order by a") == "x|10\nY|12");
  database.execute_script("insert into books values (3, 'z', null)");
  CHECK(query(database, "select a from vv where a = 'Z'") == "z");
  CHECK_THAT(failure_of([&] { database.execute_script("insert into t (id, a, n) values (9, 'q', 'text')"); }),
             ContainsSubstring("cannot store TEXT value"));
}

TEST_CASE("a plain column becomes a computed one only where no value is lost, and back with its values") {
  auto plain = rich();
  plain.columns[3].generated.reset();
  auto const make = [&](std::string const& rows) {
    auto database = memory();
    upgrade(database, make_list("s", {{create_table{plain}}}));
    database.execute_script(rows);
    return database;
  };
  auto const change = make_list("s", {{create_table{plain}}, {alter_table{plain, rich(true)}}});
  auto other = make("insert into t values (1, 'x', 5, 11)");
  CHECK_THAT(failure_of([&] { upgrade(other, change); }), ContainsSubstring("1 row with another one"));
  auto same = make("insert into t values (1, 'x', 5, 10)");
  upgrade(same, change);
  CHECK(drift(same, change).empty());
  auto const back =
      make_list("s", {{create_table{plain}}, {alter_table{plain, rich(true)}}, {alter_table{rich(true), plain}}});
  upgrade(same, back);
  CHECK(drift(same, back).empty());
  CHECK(query(same, "select twice from t") == "10");
}

TEST_CASE("STRICT is refused while a row holds a value of another type") {
  auto before = table_def{.name = "t", .columns = {integer("id"), integer("n")}, .primary_key = {"id"}};
  auto after = before;
  after.strict = true;
  auto database = memory();
  upgrade(database, make_list("s", {{create_table{before}}}));
  database.execute_script("insert into t values (1, 'many')");
  auto const change = make_list("s", {{create_table{before}}, {alter_table{before, after}}});
  CHECK_THAT(failure_of([&] { upgrade(database, change); }),
             ContainsSubstring("values of type INTEGER alone, found 1 row"));
  database.execute_script("update t set n = 7");
  upgrade(database, change);
  CHECK(drift(database, change).empty());
}

TEST_CASE("a new collation is refused while a key would take two values for one") {
  auto before = table_def{.name = "t", .columns = {integer("id"), text("a")}, .primary_key = {"id"}};
  before.uniques = {{"uq", {"a"}}};
  auto after = before;
  after.columns[1].sqlite_collation = "NOCASE";
  auto database = memory();
  upgrade(database, make_list("s", {{create_table{before}}}));
  database.execute_script("insert into t values (1, 'x'), (2, 'X')");
  auto const change = make_list("s", {{create_table{before}}, {alter_table{before, after}}});
  CHECK_THAT(failure_of([&] { upgrade(database, change); }), ContainsSubstring("under its new collation, found 1 row"));
}

TEST_CASE("a rowid table becomes WITHOUT ROWID and keeps broken keys as they were") {
  auto before = table_def{.name = "t", .columns = {text("id"), text_or_null("up")}, .primary_key = {"id"}};
  before.foreign_keys = {references("up", "t", "cascade")};
  auto after = before;
  after.without_rowid = true;
  auto database = memory();
  upgrade(database, make_list("s", {{create_table{before}}}));
  database.execute_script(
      "pragma foreign_keys = off; insert into t values ('a', null), ('b', 'a'), ('c', 'lost'); analyze");
  auto const change = make_list("s", {{create_table{before}}, {alter_table{before, after}}});
  upgrade(database, change);
  CHECK(drift(database, change).empty());
  CHECK(query(database, "select id, up from t order by id") == "a|NULL\nb|a\nc|lost");
}

TEST_CASE("indexes over expressions and with collations are compared by what they say") {
  auto database = memory();
  database.execute_script(
      "create table t (a text collate nocase, b text);"
      "create unique index ix on t (LOWER ( b ) collate NOCASE desc, a COLLATE nocase, b collate rtrim)");
  auto const live = introspect(database);
  index_def index{"ix", "t", {{"", true, "lower(b)", "", "nocase"}, {"a"}, {"b", false, "", "", "RTRIM"}}, true};
  CHECK(compare_index(index, *live.find_index("ix")).empty());
  index.columns[2].sqlite_collation.clear();
  CHECK(describe(compare_index(index, *live.find_index("ix"))[0]) ==
        "t.ix: index: expected unique t (lower ( b ) collate nocase desc, a, b), found unique t (lower ( b ) collate "
        "nocase desc, a, b collate rtrim)");
  index.columns[2].sqlite_collation = "rtrim";
  index.columns[0].expression_sqlite = "upper(b)";
  CHECK(compare_index(index, *live.find_index("ix")).size() == 1);
}

TEST_CASE("an index over an expression is made, and refused over values that it takes for one") {
  index_def const index{"ix", "books", {{"", false, "lower(title)"}}, true};
  auto const schema = make_list("library", {{create_table{books()}}, {create_index{index}}});
  auto database = at_first_version("insert into books values (1, 'a', 1), (2, 'A', 2)");
  CHECK_THAT(failure_of([&] { upgrade(database, schema); }),
             ContainsSubstring("unique values of lower(title), found 1 row repeating earlier ones"));
  database.execute_script("delete from books where id = 2");
  upgrade(database, schema);
  CHECK(drift(database, schema).empty());
}
