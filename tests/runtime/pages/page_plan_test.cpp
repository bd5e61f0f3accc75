// SPDX-License-Identifier: MIT
// The texts of key pages, and what SQLite makes of them.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <sqlite3.h>

using namespace forge_db;
using namespace workshop;

namespace {

constexpr auto up = direction::ascending;
constexpr auto down = direction::descending;
using order = sort_order<RunSort>;
using statement = forge_db::detail::key_page_statement<Run>;

/// The statement of the page behind a cursor; borrows the filter and the cursor.
statement page_statement(RunFilter const& filter, order const& by, page_cursor<Run> const& cursor,
                         bool backwards = false) {
  return {
      {},
      {filter, {}, forge_db::detail::mark_order<Run>(by), forge_db::detail::cursor_access::place(cursor), backwards},
      3};
}

/// With `*` for the columns.
std::string shown_text(std::string const& text) {
  std::string shown = text;
  std::string const columns(table<Run>::select_list);
  for (std::size_t at = shown.find(columns); at != std::string::npos; at = shown.find(columns)) {
    shown.replace(at, columns.size(), "*");
  }
  return shown;
}

/// Every line of the plan says that rows are sought by an index, or how such searches are merged.
template <class Session>
void check_sought(Session& session, statement const& page) {
  std::string const text = statement::join(dialect::sqlite, page.mask());
  INFO(text);
  auto lines = session.connection().prepare_once("explain query plan " + text);
  int searches = 0;
  while (lines.step()) {
    std::string const line(lines.text(3));
    INFO(line);
    bool const search = line.starts_with("SEARCH runs USING I");
    bool const of_list = line.starts_with("CORRELATED SCALAR SUBQUERY") || line.starts_with("SCAN json_each");
    CHECK((search || of_list || line.starts_with("MERGE (UNION ALL)") || line == "LEFT" || line == "RIGHT"));
    searches += search ? 1 : 0;
  }
  CHECK(searches > 0);
}

/// What the engine did to find the rows of the page.
template <class Session>
int steps_of(Session& session, statement const& page) {
  auto running = session.connection().prepare(page);
  sqlite3_stmt_status(running.native(), SQLITE_STMTSTATUS_VM_STEP, 1);
  page.bind(running);
  while (running.step()) {
  }
  return sqlite3_stmt_status(running.native(), SQLITE_STMTSTATUS_VM_STEP, 1);
}

std::vector<order> indexed_orders() {
  return {{},
          RunSort::name,
          {{RunSort::score, up}},
          {{RunSort::score, down}},
          {{RunSort::score, up, nulls::last}},
          {{RunSort::state, up}, {RunSort::score, down}},
          {{RunSort::state, down}, {RunSort::score, up}},
          {RunSort::project, RunSort::name},
          {{RunSort::project, down}, {RunSort::name, down}},
          RunSort::id};
}

}  // namespace

TEST_CASE("a page is sought by the index of its order, wherever it begins, both ways") {
  auto db = tests::workshop_database(100);
  db.read([](auto& session) {
    RunRepository runs{session};
    for (order const& by : indexed_orders()) {
      for (std::size_t const size : {1, 20, 50, 90}) {  // a NULL at some, a value at others
        auto const page = runs.page_after({}, by, {}, size);
        check_sought(session, page_statement({}, by, page.end));
        check_sought(session, page_statement({}, by, page.end, true));
      }
    }
  });
}

TEST_CASE("filters beside a cursor leave the index in use") {
  auto db = tests::workshop_database(100);
  db.read([](auto& session) {
    RunRepository runs{session};
    RunFilter const done{.state = run_state::done, .tags = "t1", .search = "a"};
    order const by{{RunSort::score, down}, {RunSort::id, up}};  // as the index on (state, score desc) has it
    auto const page = runs.page_after(done, by, {}, 2);
    check_sought(session, page_statement(done, by, page.end));
    RunFilter const started{.name_starts_with = "a", .started_at = {.from = tests::moment_of(3)}};
    check_sought(session, page_statement(started, RunSort::name, runs.page_after(started, RunSort::name, {}, 2).end));
  });
}

TEST_CASE("a page takes as long in a list of 20,000 rows as in one of 200, also among rows that sort alike") {
  int steps[2][10]{};
  for (int large = 0; large < 2; ++large) {
    auto db = tests::workshop_database(large == 0 ? 200 : 20'000);
    db.read([&](auto& session) {
      RunRepository runs{session};
      auto const middle = runs.page_after({}, RunSort::id, {}, 100).rows.back();
      std::size_t which = 0;
      for (order const& by : indexed_orders()) {
        auto const page = runs.page_after({.name = middle.name}, by, {}, 1);  // 12 names: ties everywhere
        steps[large][which++] = steps_of(session, page_statement({}, by, page.end));
      }
    });
  }
  for (int which = 0; which < 10; ++which) {
    INFO(which << ": " << steps[0][which] << " and " << steps[1][which]);
    CHECK(steps[0][which] > 0);
    CHECK(steps[1][which] < 3 * steps[0][which] + 200);
  }
}

TEST_CASE("the text of a page is a search for each part of what lies behind the cursor") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    runs.insert({.name = "a", .started_at = tests::moment_of(0)});
    runs.insert({.name = "b", .score = 1.0, .started_at = tests::moment_of(0)});
    order const by{{RunSort::score, down}};
    RunFilter const done{.state = run_state::done};
    auto const text = [&](dialect target, RunFilter const& filter, page_cursor<Run> const& cursor, bool back = false) {
      return shown_text(statement::join(target, page_statement(filter, by, cursor, back).mask()));
    };
    auto const value = runs.page_after({}, by, {}, 1).end;
    auto const null = runs.page_after({}, by, {}, 2).end;
    auto const sqlite = dialect::sqlite;
    CHECK(text(sqlite, {}, {}) == R"(select * from "runs" order by "score" desc nulls last, "id" desc limit ?)");
    CHECK(text(sqlite, done, value) == R"(select * from "runs" where "state" = ? and "score" = ? and "id" < ?)"
                                       R"( union all select * from "runs" where "state" = ? and "score" < ?)"
                                       R"( union all select * from "runs" where "state" = ? and "score" is null)"
                                       R"( order by "score" desc nulls last, "id" desc limit ?)");
    CHECK(text(dialect::postgres, done, value) ==
          R"(select * from "runs" where "state" = $1 and "score" = $2 and "id" < $3)"
          R"( union all select * from "runs" where "state" = $4 and "score" < $5)"
          R"( union all select * from "runs" where "state" = $6 and "score" is null)"
          R"( order by "score" desc nulls last, "id" desc limit $7)");
    CHECK(
        text(sqlite, {}, null) ==
        R"(select * from "runs" where "score" is null and "id" < ? order by "score" desc nulls last, "id" desc limit ?)");
    CHECK(text(dialect::postgres, {}, null, true) == R"(select * from "runs" where "score" is null and "id" >= $1)"
                                                     R"( union all select * from "runs" where "score" is not null)"
                                                     R"( order by "score" nulls first, "id" limit $2)");
  });
}
