// SPDX-License-Identifier: MIT
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

using namespace migration_test;

TEST_CASE("a rebuild keeps the children that a drop would delete or empty") {
  auto database = at_first_version(
      "insert into books values (1, 'a', 3), (2, 'b', null);"
      "create table loans (id integer primary key, book integer references books on delete cascade);"
      "create table reviews (id integer primary key, book integer references books (id) on delete set null);"
      "create table stamps (loan integer references loans on delete cascade);"
      "insert into loans values (10, 1), (11, 2); insert into reviews values (20, 1), (21, null); insert into stamps "
      "values (10), (11);");
  auto const done = upgrade(database, changed());
  auto const& operation = done.schemas[0].migrations[0].operations[0];
  CHECK(operation.way == "table rebuild");
  CHECK(operation.rows == 2);
  CHECK(query(database, "select * from loans") == "10|1\n11|2");
  CHECK(query(database, "select * from reviews") == "20|1\n21|NULL");
  CHECK(query(database, "select * from stamps") == "10\n11");
  CHECK(query(database, "pragma foreign_keys") == "1");
  CHECK(query(database, "select \"table\", on_delete from pragma_foreign_key_list('loans')") == "books|CASCADE");
}

TEST_CASE("a rebuild keeps rowids, text, blobs and odd values") {
  auto before = books();
  before.columns[0] = text("id");
  auto after = before;
  after.columns[1].nullable = true;
  auto database = at_first_version(
      "insert into books (rowid, id, title, score) values (-5, 'x', x'00ff', null), (7, 'y', '', 9223372036854775807),"
      " (900, 'z', char(0) || 'n', 2.5);",
      before);
  upgrade(database, changed(before, after));
  CHECK(query(database, "select rowid, id, hex(title), score from books order by rowid") ==
        "-5|x|00FF|NULL\n7|y||9223372036854775807\n900|z|006E|2.5");
}

TEST_CASE("a rebuild keeps the sequence of AUTOINCREMENT, also of an emptied table") {
  auto before = books();
  before.autoincrement = true;
  auto after = before;
  after.columns[1].nullable = true;
  auto database = at_first_version("insert into books values (41, 'a', 1); delete from books;", before);
  upgrade(database, changed(before, after));
  database.execute_script("insert into books (title) values ('next')");
  CHECK(query(database, "select id from books") == "42");
  CHECK(query(database, "select * from sqlite_sequence") == "books|42");
}

TEST_CASE("a rebuild keeps indexes, triggers, views and statistics") {
  auto database = at_first_version(
      "create index by_title on books (title collate nocase) where score > 0;"
      "create table log (what); create view titles as select title from books; create view upper_titles as select "
      "upper(title) from titles;"
      "create trigger b_first after insert on books begin insert into log values ('first ' || new.title); end;"
      "create trigger on_log after delete on log begin update books set score = 1; end;"
      "create trigger into_view instead of insert on titles begin insert into books (title) values (new.title); end;"
      "insert into books values (1, 'a', 3), (2, 'b', 5); analyze;");
  auto const objects = "select type, name, sql from sqlite_schema where type <> 'table' order by type, name";
  auto const before = query(database, objects);
  auto const statistics = query(database, "select * from sqlite_stat1 order by tbl, idx");
  REQUIRE(statistics.find("by_title") != std::string::npos);
  upgrade(database, changed());
  CHECK(query(database, objects) == before);
  CHECK(query(database, "select * from sqlite_stat1 order by tbl, idx") == statistics);
  database.execute_script("insert into titles values ('c')");
  CHECK(query(database, "select * from log") == "first a\nfirst b\nfirst c");
  CHECK(query(database, "select * from upper_titles") == "A\nB\nC");
}

TEST_CASE("a rebuild keeps what only the stored text knows") {
  auto database = memory();
  database.execute_script(
      "create table books (id INTEGER primary key, title TEXT not null on conflict ignore collate nocase, score "
      "INTEGER check (books.score < 99),"
      " mine TEXT default 'own', twice INTEGER as (score * 2) stored, unique (title) on conflict replace) strict");
  auto before = books();
  before.uniques = {{"", {"title"}}};
  before.checks = {{"", "score < 99"}};
  auto after = before;
  after.columns[2].sqlite_default = "7";
  database.execute_script("insert into books (id, title, score) values (1, 'a', 4)");
  upgrade(database, changed(before, after));
  auto const sql = query(database, "select sql from sqlite_schema where name = 'books'");
  CHECK(sql.find("\"title\" TEXT not null on conflict ignore collate nocase") != std::string::npos);
  CHECK(sql.find("\"score\" INTEGER check ( score < 99) DEFAULT 7") != std::string::npos);
  CHECK(sql.find("\"twice\" INTEGER as (score * 2) stored") != std::string::npos);
  CHECK(sql.find("unique (title) on conflict replace") != std::string::npos);
  CHECK(sql.ends_with("STRICT"));
  CHECK(query(database, "select * from books") == "1|a|4|own|8");
}

TEST_CASE("a rebuild keeps WITHOUT ROWID, and hostile names") {
  auto database = memory();
  database.execute_script(
      "create table \"or\"\"der]\" (\"a b\" TEXT not null, \"select\" TEXT not null, primary key (\"a b\")) without "
      "rowid;"
      "insert into \"or\"\"der]\" values ('k', 'v')");
  table_def const before{.name = "or\"der]", .columns = {text("a b"), text("select")}, .primary_key = {"a b"}};
  table_def after = before;
  after.columns[1].nullable = true;
  upgrade(database, changed(before, after));
  CHECK(query(database, "select sql from sqlite_schema where name like 'or%'").ends_with("WITHOUT ROWID"));
  CHECK(query(database, "select * from \"or\"\"der]\"") == "k|v");
}

TEST_CASE("violations of foreign keys that were there before are no error, and stay") {
  auto database = at_first_version(
      "create table loans (id integer primary key, book integer references books);"
      "create table other (b references books (title));"
      "pragma foreign_keys = off; insert into loans values (1, 77), (2, 78); insert into other values ('x'); pragma "
      "foreign_keys = on;");
  upgrade(database, changed());
  CHECK(query(database, "select * from loans") == "1|77\n2|78");
}

TEST_CASE("a self reference still points at the table under its own name") {
  table_def before{.name = "folders",
                   .columns = {integer("id"), text("name"), integer_or_null("parent_id")},
                   .primary_key = {"id"},
                   .foreign_keys = {references("parent_id", "folders", "cascade")}};
  auto after = before;
  after.columns[1].nullable = true;
  auto database = at_first_version("insert into folders values (1, 'root', null), (2, 'sub', 1)", before);
  upgrade(database, changed(before, after));
  CHECK(query(database, "select \"table\" from pragma_foreign_key_list('folders')") == "folders");
  database.execute_script("delete from folders where id = 1");
  CHECK(query(database, "select count(*) from folders") == "0");
}

TEST_CASE("a broken view elsewhere neither stops a rebuild nor is lost") {
  auto database = at_first_version(
      "create table gone (a); create view broken as select a from gone; drop table gone; insert into books values (1, "
      "'a', 1)");
  upgrade(database, changed());
  CHECK(query(database, "select sql from sqlite_schema where name = 'broken'") ==
        "CREATE VIEW broken as select a from gone");
}

TEST_CASE("a left-over table of the temporary name is never dropped while it holds rows") {
  auto database = at_first_version("create table _forge_new_books (a); insert into _forge_new_books values (1)");
  CHECK(failure_of([&] { upgrade(database, changed()); }) ==
        "forge_db: upgrade of schema library, migration 2 \"step 2\", operation 1 (alter table books): forge_db: "
        "rebuilding table books would lose "
        "something: table _forge_new_books exists with 1 row in it, and it is not ForgeDB's, whose own vanish with "
        "their transaction; rename or "
        "drop it; nothing was changed; its transaction was rolled back [books]");
  database.execute_script("delete from _forge_new_books");
  CHECK_NOTHROW(upgrade(database, changed()));
}

TEST_CASE("large tables are copied in portions, with progress") {
  struct counting : observer {
    std::vector<std::int64_t> seen;
    void rows_copied(std::string const&, std::int64_t done, std::int64_t total) override {
      CHECK(total == 45000);
      seen.push_back(done);
    }
  } watcher;
  auto database = at_first_version(
      "insert into books with recursive n(i) as (select 1 union all select i + 1 from n where i < 45000) select i * 3, "
      "'b', i from n");
  upgrade(database, changed(), &watcher);
  CHECK(watcher.seen == std::vector<std::int64_t>{20000, 40000, 45000});
}
