// SPDX-License-Identifier: MIT
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

using namespace migration_test;

namespace {

/// Runs `op` as the second migration on a database with two books; answers the way it took.
struct attempt {
  connection database = memory();
  list schema;
  explicit attempt(operation op, std::string const& script = "")
      : schema(make_list("library", {{create_table{books()}}, {std::move(op)}})) {
    begin_at_first_version(database, "insert into books values (1, 'a', 3), (2, 'b', null);" + script);
  }
  std::string way() { return upgrade(database, schema).schemas.at(0).migrations.at(0).operations.at(0).way; }
  /// Why it is refused, without where.
  std::string refusal() {
    auto const before = contents(database);
    auto const whole = failure_of([&] { upgrade(database, schema); });
    CHECK(contents(database) == before);
    auto const begin = whole.find("): ");
    auto const end = whole.find("; its transaction was rolled back");
    return begin == std::string::npos ? whole : whole.substr(begin + 3, end - begin - 3);
  }
};

alter_table altered(void (*change)(table_def&)) {
  auto after = books();
  change(after);
  return {books(), after};
}

std::string const native = "native statement";
std::string const rebuild = "table rebuild";

}  // namespace

TEST_CASE("adding a nullable column, and one with a constant default, is native") {
  CHECK(attempt{add_column{"books", text_or_null("x")}}.way() == native);
  CHECK(attempt{add_column{"books", with_default(text("x"), "'y'")}}.way() == native);
  CHECK(attempt{add_column{"books", integer_or_null("x"), references("x", "books", "set_null")}}.way() == native);
  CHECK(attempt{altered([](table_def& t) { t.columns.push_back(text_or_null("x")); })}.way() == native);
}

TEST_CASE("what ADD COLUMN refuses is a rebuild") {
  attempt clock{add_column{"books", with_default(text("at"), "CURRENT_TIMESTAMP")}};
  CHECK(clock.way() == rebuild);
  CHECK(query(clock.database, "select count(*) from books where at like '2%'") == "2");
  attempt expression{add_column{"books", with_default(text("at"), "lower('X')")}};
  CHECK(expression.way() == rebuild);
  CHECK(query(expression.database, "select at from books") == "x\nx");
  CHECK(attempt{add_column{"books", with_default(integer("x"), "1"), references("x", "books", "cascade")}}.way() ==
        rebuild);
  CHECK(attempt{add_column{"books", text("x")}, "delete from books"}.way() == rebuild);
}

TEST_CASE("columns that stand beside a new constraint, and STORED ones, are a rebuild, too") {
  auto stored = integer_or_null("twice");
  stored.generated = generated_def{"id * 2", "id * 2", true};
  attempt computed{add_column{"books", stored}};
  CHECK(computed.way() == rebuild);
  CHECK(query(computed.database, "select twice from books") == "2\n4");
  attempt unique{altered([](table_def& t) {
    t.columns.push_back(text_or_null("code"));
    t.uniques = {{"uq", {"code"}}};
  })};
  CHECK(unique.way() == rebuild);
  CHECK(query(unique.database, "select count(*) from pragma_index_list('books') where \"unique\"") == "1");
  CHECK(attempt{altered([](table_def& t) {
          t.columns.push_back(with_default(integer("x"), "1"));
          t.checks = {{"ck", "x > 5"}};
        })}.refusal()
            .find("would break a check constraint") != std::string::npos);
}

TEST_CASE("what SQLite's own ADD COLUMN refuses, and what its DROP COLUMN breaks") {
  auto database = at_first_version("insert into books values (1, 'a', 3)");
  for (char const* column :
       {"x not null", "x default 1 references books", "x default current_timestamp", "x default (lower('X'))",
        "x unique", "x primary key", "x as (id) stored", "x default 1 check (x > 5)"}) {
    INFO(column);
    CHECK_THROWS_AS(database.execute_script(std::string{"alter table books add column "} + column),
                    forge_db::sql_error);
  }
  database.execute_script(
      "create table log (a); create trigger t after update of score on books begin insert into log values (1); end;"
      "update books set score = 4; alter table books drop column score; update books set title = 'b'");
  CHECK(query(database, "select count(*) from log") == "1");
  CHECK(query(database, "select count(*) from sqlite_schema where name = 't'") == "1");  // there, and dead
}

TEST_CASE("a column that no row could fill is refused") {
  CHECK(attempt{add_column{"books", text("x")}}.refusal() ==
        "column books.x: expected a default, since the column refuses NULL, found 2 rows that it would have to fill; "
        "give it a default, or add it "
        "as nullable, fill it by a data step and make it NOT NULL afterwards");
}

TEST_CASE("dropping a plain column is native; one of a foreign key or in a trigger's text is a rebuild") {
  CHECK(attempt{drop_column{"books", integer_or_null("score")}}.way() == native);
  attempt trigger{drop_column{"books", integer_or_null("score")},
                  "create trigger on_title after update of title on books begin select 'score'; end"};
  CHECK(trigger.way() == native);
  attempt named{drop_column{"books", integer_or_null("score")},
                "create view v as select id as score from books; create trigger t after update of title on books begin "
                "select 1; end"};
  CHECK(named.way() == rebuild);
  CHECK(query(named.database, "select * from v") == "1\n2");
}

TEST_CASE("a dropped column that something still uses is refused") {
  CHECK(attempt{drop_column{"books", integer_or_null("score")}, "create index mine on books (title) where score > 1"}
            .refusal() ==
        "column books.score: expected no index that uses it, found index mine; drop the index in an earlier operation");
  CHECK(
      attempt{drop_column{"books", integer_or_null("score")}, "create view v as select score from books"}
          .refusal()
          .find("rebuilding table books would lose something: view v would not work any more: no such column: score") !=
      std::string::npos);
  for (auto use : {+[](table_def& t) {
                     t.uniques = {{"", {"score"}}};
                   },
                   +[](table_def& t) {
                     t.checks = {{"", "score < 9"}};
                   },
                   +[](table_def& t) {
                     t.columns.push_back(integer_or_null("twice"));
                     t.columns.back().generated = generated_def{"score * 2", "score * 2", false};
                   }}) {
    auto table = books();
    use(table);
    auto database = memory();
    auto const schema = make_list("library", {{create_table{table}}, {drop_column{"books", integer_or_null("score")}}});
    CHECK(failure_of([&] { upgrade(database, schema); }).find("books.score: expected no constraint that uses it") !=
          std::string::npos);
  }
  CHECK(attempt{drop_column{"books", integer_or_null("score")},
                "create unique index u on books (score, id); create table x (a references books (score))"}
            .refusal()
            .find("expected no ") != std::string::npos);
  CHECK(
      attempt{drop_column{"books", integer("id")}}.refusal() ==
      "column books.id: expected a column outside the primary key, found a key column; change the key by alter_table");
}

TEST_CASE("each change of a constraint, a type or a default is a rebuild that keeps the rows") {
  for (auto change :
       {+[](table_def& t) { t.columns[1].nullable = true; }, +[](table_def& t) { t.columns[1].sqlite_default = "'x'"; },
        +[](table_def& t) { t.columns[2].sqlite_type = "REAL"; },
        +[](table_def& t) {
          t.uniques = {{"uq", {"title"}}};
        },
        +[](table_def& t) {
          t.checks = {{"ck", "score < 9"}};
        },
        +[](table_def& t) { t.autoincrement = true; },
        +[](table_def& t) { t.foreign_keys = {references("score", "books", "set_null")}; },
        +[](table_def& t) { t.columns.erase(t.columns.begin() + 2); }}) {
    attempt one{altered(change), "update books set score = 1 where score = 3"};
    CHECK(one.way() == rebuild);
    CHECK(query(one.database, "select id, title from books") == "1|a\n2|b");
    CHECK(runner{one.database}.verify({&one.schema}).clean());
  }
}

TEST_CASE("and back again") {
  auto after = books();
  after.columns[1].sqlite_default = "'x'";
  after.uniques = {{"uq", {"title"}}};
  after.checks = {{"ck", "score < 9"}};
  after.foreign_keys = {references("score", "books", "set_null")};
  auto database = memory();
  auto const schema = make_list("library", {{create_table{after}}, {alter_table{after, books()}}});
  CHECK(upgrade(database, schema).schemas[0].migrations[1].operations[0].way == rebuild);
  CHECK(query(database, "select sql from sqlite_schema where name = 'books'") ==
        "CREATE TABLE \"books\" (\n    \"id\" INTEGER PRIMARY KEY,\n    \"title\" TEXT NOT NULL,\n    \"score\" "
        "INTEGER\n)");
}

TEST_CASE("rows that a new constraint would refuse are counted, not lost") {
  CHECK(attempt{altered([](table_def& t) { t.columns[2].nullable = false; })}.refusal() ==
        "column books.score: expected no NULL, since it becomes NOT NULL, found 1 row with NULL; fill them by a data "
        "step in an earlier migration");
  CHECK(attempt{altered([](table_def& t) {
                  t.uniques = {{"", {"title"}}};
                }),
                "insert into books values (3, 'a', 1), (4, 'a', 1)"}
            .refusal() ==
        "table books: expected unique values of title, found 2 rows repeating earlier ones; make them unique by a data "
        "step in an earlier migration");
  CHECK(attempt{altered([](table_def& t) {
          t.checks = {{"", "score < 2"}};
        })}.refusal() ==
        "table books: expected rows that pass CHECK (score < 2), found 1 row failing it; correct them by a data step "
        "in an earlier migration");
  CHECK(attempt{altered([](table_def& t) { t.foreign_keys = {references("score", "books", "")}; })}.refusal() ==
        "table books: expected a row of books for every score, found 1 row without one; clear or delete them by a data "
        "step in an earlier migration");
  CHECK(attempt{create_index{{"ux", "books", {{"title"}}, true}}, "insert into books values (3, 'a', 1)"}.refusal() ==
        "index ux: expected unique values of title, found 1 row repeating earlier ones; make them unique by a data "
        "step in an earlier migration");
}

TEST_CASE("a change of type that would change values is refused") {
  CHECK(
      attempt{altered([](table_def& t) { t.columns[1] = integer("title"); }), "insert into books values (3, '007', 1)"}
          .refusal()
          .find("rebuilding table books would lose something: values of column title would change") !=
      std::string::npos);
  attempt widened{altered([](table_def& t) { t.columns[2] = text_or_null("score"); })};
  CHECK(widened.way() == rebuild);
  CHECK(query(widened.database, "select score, typeof(score) from books") == "3|text\nNULL|null");
}

TEST_CASE("dropping a table that others reference is refused; otherwise it is native") {
  CHECK(
      attempt{drop_table{books()}, "create table loans (book integer references books on delete cascade)"}.refusal() ==
      "table books: expected no other table that references it, found a foreign key of loans (book); drop that foreign "
      "key or table in an earlier operation");
  CHECK(attempt{drop_table{books()}}.way() == native);
}

TEST_CASE("renaming a table takes children, views and triggers along") {
  attempt one{rename_table{"books", "works"},
              "create table loans (book integer references books on delete cascade); create view v as select title "
              "from books; insert into loans values (1)"};
  CHECK(one.way() == native);
  CHECK(query(one.database, "select * from v") == "a\nb");
  one.database.execute_script("delete from works where id = 1");
  CHECK(query(one.database, "select count(*) from loans") == "0");
}

TEST_CASE("a broken view is named when it blocks a rename") {
  attempt one{rename_column{"books", "title", "label"},
              "create table x (a); create view broken as select a from x; drop table x"};
  CHECK(one.refusal() ==
        "view broken: expected one that works, found no such table: main.x; repair or drop it, since SQLite renames "
        "nothing beside it");
}
