// SPDX-License-Identifier: MIT
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

using namespace migration_test;

namespace {

/// `script` beside books, the rebuild of books, and the answer to `asked` before and after it.
struct beside_books {
  connection database;
  std::string before;
  explicit beside_books(std::string const& script, std::string const& asked) : database(at_first_version(script)) {
    before = query(database, asked);
    upgrade(database, changed());
    CHECK(query(database, asked) == before);
  }
};

std::string const all_objects =
    "select type, name, tbl_name, sql from sqlite_schema where name not like '%books%' and name not like '%forge%' "
    "order by type, name";

}  // namespace

TEST_CASE("generated columns, stored and virtual, survive with the indexes on them") {
  auto database = adopted(
      "create table books (id integer primary key, title text not null, score integer, v int as (score + 1), s text "
      "generated always as (title || score) stored, always as (id)); create index on_v on books (v desc); create "
      "index on_e on books (lower(title) collate nocase desc, s) where v > 1;"
      "insert into books values (1, 'a', 3), (2, 'b', null)");
  auto const indexes = query(database, "select sql from sqlite_schema where type = 'index'");
  upgrade(database, changed());
  CHECK(query(database, "select * from books") == "1|a|3|4|a3|1\n2|b|NULL|NULL|NULL|2");
  CHECK(query(database, "select sql from sqlite_schema where type = 'index' and sql is not null") == indexes);
  CHECK(query(database, "pragma integrity_check") == "ok");
}

TEST_CASE("composite keys and keys to keys survive, in both directions") {
  auto database = adopted(
      "pragma foreign_keys = on; create table books (id integer not null, title text not null, score integer, unique "
      "(title, score), primary key (id, title)) without rowid, strict;"
      "create table notes (id integer, title text, foreign key (id, title) references books on delete set null on "
      "update cascade deferrable initially deferred); insert into books values (1, 'a', 3); insert into notes values "
      "(1, 'a'), (null, 'x')");
  auto before = books();
  before.primary_key = {"id", "title"};
  before.uniques = {{"", {"title", "score"}}};
  auto after = before;
  after.columns[2] = with_default(integer_or_null("score"), "5");
  upgrade(database, changed(before, after));
  CHECK(query(database, "select sql from sqlite_schema where name = 'books'").ends_with("STRICT, WITHOUT ROWID"));
  CHECK(query(database, "select * from notes") == "1|a\nNULL|x");
  database.execute_script("update books set id = 9");
  CHECK(query(database, "select id from notes") == "9\nNULL");
}

TEST_CASE("names that need quoting everywhere, in one rebuild") {
  auto database = adopted(
      "create table [or der] (id integer primary key, \"t\"\"i'tle\" text not null, `sel ect` integer check ([or "
      "der].`sel ect` < 9), \"ключ\" text default 'я', [group] blob, constraint \"c k\" check (\"group\" is null or "
      "1));"
      "create table [child's] ([or der] integer references \"or der\" on delete cascade);"
      "create index [in dex] on [or der] (`sel ect`); create view [vi\"ew] as select * from [or der];"
      "create trigger [tri'gger] after insert on [or der] begin insert into [child's] values (new.id); end;"
      "insert into [or der] values (1, 'a', 2, 'б', x'00')");
  table_def before{.name = "or der",
                   .columns = {integer("id"), text("t\"i'tle"), integer_or_null("sel ect")},
                   .primary_key = {"id"}};
  upgrade(database, changed(before));
  CHECK(query(database, "select * from [vi\"ew]") == query(database, "select * from [or der]"));
  CHECK(query(database, "select \"ключ\", hex([group]) from [or der]") == "б|00");
  CHECK(query(database, "select * from [child's]") == "1");
  database.execute_script("insert into [or der] (id) values (2)");
  CHECK(query(database, "select * from [child's]") == "1\n2");
}

TEST_CASE("texts in integer columns, NUL bytes, blobs as keys and odd numbers are copied as they are") {
  auto database = adopted(
      "create table books (id blob primary key, title text not null, score integer);"
      "insert into books values (x'00', 'a' || char(0) || 'b', 'seven'), (x'', '', 1e300), (null, x'ff', -0.0), (3, "
      "4.5, "
      "9223372036854775807), ('3', 'x', x'00')");
  auto before = books();
  before.columns[0] = column("id", "bytes", "BLOB");
  auto const rows =
      "select rowid, typeof(id), hex(id), typeof(title), hex(title), typeof(score), hex(score) from books order by "
      "rowid";
  auto const held = query(database, rows);
  upgrade(database, changed(before));
  CHECK(query(database, rows) == held);
}

TEST_CASE("columns that take every name of the rowid") {
  beside_books const upgraded{
      "alter table books add column rowid; alter table books add column _rowid_ default 'r'; alter table books "
      "add column oid references books; insert into books values (1, 'a', 2, 3, 4, null)",
      "select * from books"};
  auto before = books();
  before.columns[0] = text("id");
  auto after = before;
  after.columns.push_back(with_default(text("rowid"), "lower('X')"));
  auto database = at_first_version("insert into books (_rowid_, id, title) values (77, 'k', 'a')", before);
  upgrade(database, changed(before, after));
  CHECK(query(database, "select _rowid_, * from books") == "77|k|a|NULL|x");
}

TEST_CASE("views on views, INSTEAD OF triggers and triggers elsewhere that name the table") {
  beside_books one{
      "create table log (a); create view v1 as select id, title from books; create view v2 as select title from v1 "
      "where id in (select id from books); create view aa as select * from v2;"
      "create trigger i instead of insert on v2 begin insert into books (title) values (new.title); end;"
      "create trigger u instead of update of title on v1 begin update books set title = new.title where id = old.id; "
      "end;"
      "create trigger l before delete on log when (select count(*) from books) > 0 begin delete from books where id = "
      "old.a; end",
      all_objects};
  one.database.execute_script("insert into v2 values ('x'); insert into log values (1); delete from log");
  CHECK(query(one.database, "select count(*) from books") == "0");
}

TEST_CASE("an INSTEAD OF trigger that would break is found") {
  auto database = at_first_version(
      "create view v as select id from books; create trigger i instead of insert on v begin update books set score = "
      "new.id; end");
  auto narrow = books();
  narrow.columns.pop_back();
  CHECK(failure_of([&] {
          upgrade(database, changed(books(), narrow));
        }).find("trigger i would not work any more: no such column: score") != std::string::npos);
}

TEST_CASE("a trigger that fires at updates of a dropped column is found, since SQLite would keep it silently dead") {
  auto database = at_first_version("create trigger t after update of title, SCORE on books begin select 1; end");
  auto const schema = make_list("library", {{create_table{books()}}, {drop_column{"books", integer_or_null("score")}}});
  CHECK(failure_of([&] {
          upgrade(database, schema);
        }).find("expected no trigger that fires at its updates, found trigger t") != std::string::npos);
}

TEST_CASE("temporary views and triggers of the connection stay") {
  auto database = at_first_version(
      "create table log (a); create temp view tv as select title from books; create temp trigger tt after insert on "
      "main.books begin insert into log values (new.title); end; create temp table mine (a); create temp trigger "
      "on_mine "
      "after insert on mine begin select 1; end");
  auto const objects = "select type, name, sql from sqlite_temp_schema order by type, name";
  auto const before = query(database, objects);
  upgrade(database, changed());
  CHECK(query(database, objects) == before);
  database.execute_script("insert into books values (1, 'a', 2)");
  CHECK(query(database, "select * from tv join log on a = title") == "a|a");
}

TEST_CASE("a temporary table that hides the one of the database stops the upgrade") {
  auto database = at_first_version("insert into books values (1, 'a', 2); create temp table Books (id, title, score)");
  CHECK(failure_of([&] { upgrade(database, changed()); }) ==
        "forge_db: upgrade requires a connection without a temporary table or view named Books, which hides the one of "
        "the database; drop it first");
  CHECK(query(database, "select count(*) from main.books") == "1");
}

TEST_CASE("texts in double quotes, as older programs wrote them, survive a rebuild") {
  auto database = memory();
  sqlite3_db_config(database.native(), SQLITE_DBCONFIG_DQS_DDL, 1, nullptr);
  database.execute_script(
      "create table books (id integer primary key, title text not null default \"none\", score integer check "
      "(typeof(score) in (\"integer\", \"null\"))); create index ix on books (title) where title <> \"none\"");
  sqlite3_db_config(database.native(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  database.execute_script("insert into books values (1, 'a', 2)");
  auto before = books();
  before.columns[1].sqlite_default = "'none'";
  CHECK_NOTHROW(upgrade(database, changed(before)));
  CHECK(query(database, "select * from books") == "1|a|2");
  CHECK(query(database, "select count(*) from sqlite_schema where name = 'ix'") == "1");
}

TEST_CASE("statistics with samples come back") {
  auto database = at_first_version(
      "create index ix on books (score); insert into books with recursive n(i) as (select 1 union all select i + 1 "
      "from n where i < 300) select i, 't', i % 7 from n; analyze");
  auto const stat = [&](char const* table) {
    return query(database, "select count(*) from sqlite_schema where name = " + detail::literal(table)) == "0"
               ? std::string{}
               : query(database,
                       std::string{"select tbl, idx, quote(neq), quote(nlt) from "} + table + " order by 1, 2, 3, 4");
  };
  auto const one = query(database, "select * from sqlite_stat1 order by 1, 2");
  auto const four = stat("sqlite_stat4");
  upgrade(database, changed());
  CHECK(query(database, "select * from sqlite_stat1 order by 1, 2") == one);
  CHECK(stat("sqlite_stat4") == four);
}

TEST_CASE("two hundred thousand rows with children whose parent key has no index") {
  auto database = at_first_version(
      "pragma foreign_keys = off; create table loans (id integer primary key, book integer references books (score));"
      "insert into books with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000) select i, "
      "'t', i from n; insert into loans select id, id * 2 from books");
  auto const done = upgrade(database, changed());
  CHECK(done.schemas[0].migrations[0].operations[0].rows == 200000);
  CHECK(done.took < std::chrono::seconds{60});
  CHECK(query(database, "select count(*), sum(id) from books") == "200000|20000100000");
}

TEST_CASE("a self reference that is broken in old rows stays as it is") {
  auto tree = books();
  tree.foreign_keys = {references("score", "books", "cascade")};
  auto database = at_first_version(
      "pragma foreign_keys = off; insert into books values (1, 'a', 1), (2, 'b', 99); pragma foreign_keys = on", tree);
  upgrade(database, changed(tree));
  CHECK(query(database, "select * from books") == "1|a|1\n2|b|99");
}

TEST_CASE("rows of other tables that their own CHECK refuses are none of the rebuild's business") {
  beside_books const upgraded{
      "create table bad (a int check (a > 0), b int not null); pragma ignore_check_constraints = on; insert into "
      "bad values (-1, 1); pragma ignore_check_constraints = off; insert into books values (1, 'a', 2)",
      "select * from bad"};
}
