// SPDX-License-Identifier: MIT
// What a rebuild compares before and after it: an observer meddles with the database in the middle, and is found out.
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

using namespace migration_test;
using Catch::Matchers::ContainsSubstring;

namespace {

/// Runs its script when the first rows have been copied.
struct meddler : observer {
  connection& database;
  std::string script;
  meddler(connection& victim, std::string what) : database(victim), script(std::move(what)) {}
  void rows_copied(std::string const&, std::int64_t, std::int64_t) override {
    database.execute_script(std::exchange(script, {}));
  }
};

connection library() {
  auto scored = books();
  scored.foreign_keys = {references("score", "scores", "")};
  return at_first_version(
      "create table scores (id integer primary key); insert into scores values (3);"
      "insert into books values (1, 'a', 3), (2, 'b', null);"
      "create table loans (id integer primary key, book integer references books on delete cascade);"
      "insert into loans values (10, 1), (11, 2);"
      "create table other (id integer primary key, n integer check (n > 0)); insert into other values (1, 1);"
      "create view titles as select title from books",
      scored);
}

}  // namespace

TEST_CASE("whatever changes beside the plan of a rebuild is found, and nothing of it stays") {
  struct {
    char const* script;
    char const* message;
  } const cases[] = {
      {"delete from loans where id = 10", "rows of table loans, which references it, would change"},
      {"update loans set book = 3 - book", "rows of table loans, which references it, would change"},
      {"delete from _forge_new_books where id = 1", "it had 2 rows and would have 1"},
      {"update _forge_new_books set title = 'x' where id = 1", "values of column title would change"},
      {"update _forge_new_books set title = case id when 1 then 'b' else 'a' end",
       "values of column title would change"},
      {"update _forge_new_books set id = id + 10", "values of column id would change"},
      {"alter table _forge_new_books add column more", "the new table is not the one that was planned"},
      {"delete from scores", "a foreign key would lose its row"},
      {"alter table other add column more", "table other would be altered"},
      {"create index more on other (n)", "table other would be altered"},
      {"create table more (a)", "a table would appear or vanish"},
      {"create view more as select 1", "a view or trigger would be altered"},
      {"pragma ignore_check_constraints = on; insert into other values (2, -1); pragma ignore_check_constraints = off",
       "quick_check says: CHECK constraint failed in other"},
  };
  for (auto const& each : cases) {
    INFO(each.script);
    auto database = library();
    auto scored = books();
    scored.foreign_keys = {references("score", "scores", "")};
    auto const before = contents(database);
    meddler watcher{database, each.script};
    CHECK_THAT(failure_of([&] { upgrade(database, changed(scored), &watcher); }), ContainsSubstring(each.message));
    CHECK(watcher.script.empty());
    CHECK(contents(database) == before);
  }
}

TEST_CASE("an operation that ran and did not take is noticed") {
  auto database = at_first_version("");
  auto const ignores_it = [](void*, int action, char const* name, char const*, char const*, char const*) {
    return action == SQLITE_CREATE_INDEX && std::string{name} == "ix" ? SQLITE_IGNORE : SQLITE_OK;
  };
  sqlite3_set_authorizer(database.native(), ignores_it, nullptr);
  auto const schema = make_list("library", {{create_table{books()}}, {create_index{{"ix", "books", {{"title"}}}}}});
  CHECK_THAT(failure_of([&] { upgrade(database, schema); }),
             ContainsSubstring("(create index ix on books) ran, and the database is not so"));
  CHECK(runner{database}.status({&schema}).schemas[0].version == 1);
}
