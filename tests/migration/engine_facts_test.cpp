// SPDX-License-Identifier: MIT
// What was measured about SQLite's own changes of a file, as the runner meets them.
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

using namespace migration_test;

namespace {

list one_table() { return make_list("library", {{create_table{books()}}}); }

/// What a start after `script` does: a full look without drift or migrations, and then short starts again.
void check_routine(connection& database, std::string const& script) {
  INFO(script);
  auto const schema = one_table();
  REQUIRE(upgrade(database, schema).schemas[0].up_to_date);
  database.execute_script(script);
  auto const look = upgrade(database, schema);
  CHECK_FALSE(look.schemas[0].up_to_date);
  CHECK_FALSE(look.has_drift());
  CHECK(look.schemas[0].migrations.empty());
  CHECK(upgrade(database, schema).schemas[0].up_to_date);
}

}  // namespace

TEST_CASE("VACUUM, the first ANALYZE and tables of others lead to one look, and to no alarm") {
  scratch_file const file;
  auto database = connection::open(file.path());
  upgrade(database, one_table());
  check_routine(database, "vacuum");
  check_routine(database, "insert into books values (1, 'a', 2); analyze");
  check_routine(database, "create table mine (a)");
  check_routine(database, "drop table mine");
}

TEST_CASE("temporary tables, rows and later ANALYZEs leave a start short") {
  auto database = memory();
  upgrade(database, one_table());
  database.execute_script("insert into books values (1, 'a', 2); analyze");
  upgrade(database, one_table());
  database.execute_script("create temp table mine (a); insert into books values (2, 'b', 3); analyze");
  CHECK(upgrade(database, one_table()).schemas[0].up_to_date);
}

TEST_CASE("a backup copy has a counter of its own, and is at home where it is opened") {
  scratch_file const file;
  auto database = connection::open(file.path());
  upgrade(database, one_table());
  auto copy = memory();
  forge_db::sqlite::backup(database, copy);
  auto const first = upgrade(copy, one_table());
  CHECK_FALSE(first.has_drift());
  CHECK(first.schemas[0].migrations.empty());
  CHECK(upgrade(copy, one_table()).schemas[0].up_to_date);
  scratch_file const other;
  database.execute_script("vacuum into '" + other.path() + "'");
  auto vacuumed = connection::open(other.path());
  CHECK_FALSE(upgrade(vacuumed, one_table()).has_drift());
  CHECK(upgrade(vacuumed, one_table()).schemas[0].up_to_date);
}

TEST_CASE("full text beside a rebuilt table still finds its rows by rowid") {
  auto before = books();
  before.columns[0] = text("id");
  auto database = at_first_version(
      "create virtual table words using fts5 (title, content = 'books', content_rowid = 'rowid');"
      "insert into books (rowid, id, title) values (40, 'x', 'first'), (7, 'y', 'second');"
      "insert into words (words) values ('rebuild')",
      before);
  upgrade(database, changed(before, relaxed(before)));
  CHECK(query(database, "select rowid from words where words match 'second'") == "7");
  CHECK(query(database, "select b.id from words w join books b on b.rowid = w.rowid where words match 'first'") == "x");
  CHECK_NOTHROW(database.execute_script("insert into words (words) values ('integrity-check')"));
}

TEST_CASE("keys broken before in a table WITHOUT ROWID are known by their values") {
  auto database = at_first_version(
      "create table tags (book integer references books, name text, primary key (book, name)) without rowid;"
      "pragma foreign_keys = off; insert into tags values (77, 'a'), (77, 'b'), (1, 'c'); pragma foreign_keys = on;"
      "insert into books values (1, 'a', 2)");
  upgrade(database, changed());
  CHECK(query(database, "select * from tags order by book, name") == "1|c\n77|a\n77|b");
}

TEST_CASE("a change of a default keeps every row, whatever rung is taken") {
  auto after = books();
  after.columns[2].sqlite_default = "7";
  auto database = at_first_version("insert into books values (1, 'a', null), (2, 'b', 3)");
  upgrade(database, changed(books(), after));
  database.execute_script("insert into books (id, title) values (3, 'c')");
  CHECK(query(database, "select * from books") == "1|a|NULL\n2|b|3\n3|c|7");
}

TEST_CASE("a switch that comes too late is noticed: no rebuild with foreign keys on") {
  auto database = at_first_version(
      "create table loans (book integer references books on delete cascade); insert into books values (1, 'a', 2); "
      "insert into loans values (1)");
  // What the pragma does inside of a transaction: nothing, without a word.
  database.begin_write();
  database.execute_script("pragma foreign_keys = off");
  CHECK(query(database, "pragma foreign_keys") == "1");
  CHECK_THROWS_AS(detail::rebuild_window{database}, forge_db::session_misuse);
  auto const live = introspect(database);
  std::vector<detail::rebuild_request> const tables{{"books", *live.find_table("books")->text}};
  detail::table_rebuild rebuild{database, live, tables, {}};
  CHECK(failure_of([&] { rebuild.run(); }).find("foreign keys are on") != std::string::npos);
  database.rollback();
  CHECK(query(database, "select count(*) from loans") == "1");
}
