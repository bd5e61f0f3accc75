// SPDX-License-Identifier: MIT
// Pages by key, against the order that plain SQL gives.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"
#include "support/hostile_texts.hpp"

#include <limits>
#include <utility>

using namespace forge_db;
using namespace workshop;
using tests::id_list;
using tests::ids_of;

namespace {

constexpr auto up = direction::ascending;
constexpr auto down = direction::descending;
using run_order = sort_order<RunSort>;

struct ordering {
  run_order order;
  char const* plain;
};

std::vector<ordering> orderings() {
  return {
      {{}, "started_at desc, id desc"},
      {RunSort::name, "name, id"},
      {{{RunSort::score, up}}, "score asc nulls first, id"},
      {{{RunSort::score, down}}, "score desc nulls last, id desc"},
      {{{RunSort::score, up, nulls::last}}, "score asc nulls last, id"},
      {{{RunSort::score, down, nulls::first}}, "score desc nulls first, id desc"},
      {{{RunSort::state, up}, {RunSort::score, down}}, "state, score desc nulls last, id"},
      {{{RunSort::project, down, nulls::first}, {RunSort::name, up}}, "project desc nulls first, name, id desc"},
      {{{RunSort::project, up, nulls::last}, {RunSort::due_on, down, nulls::first}, {RunSort::tokens, down}},
       "project nulls last, due_on desc nulls first, tokens desc, id"},
      {{{RunSort::score, up}, {RunSort::due_on, up, nulls::last}, {RunSort::project, down}, {RunSort::cost, up}},
       "score nulls first, due_on nulls last, project desc nulls last, cost, id"},
      {{{RunSort::state, down}, {RunSort::id, up}}, "state desc, id"},
      {{RunSort::id, RunSort::name}, "id"},
      {{{RunSort::code, down}}, "code desc, id desc"},
  };
}

/// Every page forwards, then every page backwards.
template <class Repository>
void check_walk(Repository const& runs, RunFilter const& filter, run_order const& order, std::size_t size,
                id_list const& expected) {
  id_list seen;
  page_cursor<Run> cursor;
  for (bool more = true; more;) {
    auto const page = runs.page_after(filter, order, cursor, size);
    CHECK(page.has_previous == !seen.empty());
    for (auto const id : ids_of(page.rows)) seen.push_back(id);
    CHECK(page.has_next == (seen.size() < expected.size()));
    REQUIRE(seen.size() <= expected.size());
    cursor = page_cursor<Run>::from_text(page.end.text());
    CHECK(cursor == page.end);
    more = page.has_next;
  }
  CHECK(seen == expected);

  seen.clear();
  cursor = {};
  for (bool more = true; more;) {
    auto const page = runs.page_before(filter, order, cursor, size);
    CHECK(page.has_next == !seen.empty());
    id_list here = ids_of(page.rows);
    here.insert(here.end(), seen.begin(), seen.end());
    seen = here;
    CHECK(page.has_previous == (seen.size() < expected.size()));
    REQUIRE(seen.size() <= expected.size());
    cursor = page.start;
    more = page.has_previous;
  }
  CHECK(seen == expected);
}

}  // namespace

TEST_CASE("pages by key visit every row once, in the order of plain SQL, both ways") {
  auto db = tests::workshop_database(150);
  db.read([](auto& session) {
    RunRepository runs{session};
    for (ordering const& each : orderings()) {
      INFO(each.plain);
      id_list const expected = ids_of(session, std::string("select id from runs order by ") + each.plain);
      REQUIRE(expected.size() == 150);
      for (std::size_t const size : {1, 7, 149, 150, 500}) check_walk(runs, {}, each.order, size, expected);
      check_walk(runs, {.state_in = std::vector{run_state::done, run_state::failed}, .search = "a"}, each.order, 4,
                 ids_of(session, std::string("select id from runs where state in ('done', 'failed') and "
                                             "(instr(lower(name), 'a') or instr(lower(project), 'a')) order by ") +
                                     each.plain));
      CHECK(ids_of(runs.list_ordered({}, each.order, {.page = 3, .per_page = 40}).rows) ==
            id_list(expected.begin() + 80, expected.begin() + 120));
    }
  });
}

TEST_CASE("a page does not move when rows come and go before it") {
  auto db = tests::workshop_database(60);
  db.write([](auto& session) {
    RunRepository runs{session};
    run_order const order{{RunSort::score, down, nulls::first}, RunSort::name};
    auto const first = runs.page_after({}, order, {}, 20);
    auto const second = runs.page_after({}, order, first.end, 20);
    for (int i = 0; i < 5; ++i) runs.insert({.name = "", .started_at = tests::moment_of(1)});  // NULL scores: in front
    runs.remove(first.rows.back().id);  // the row beside the cursor
    CHECK(ids_of(runs.page_after({}, order, first.end, 20).rows) == ids_of(second.rows));
    auto const back = runs.page_before({}, order, second.start, 100);
    CHECK(back.rows.size() == 24);
    CHECK(ids_of(runs.page_after({}, order, back.end, 20).rows) == ids_of(second.rows));
    // What was inserted behind the cursor appears.
    auto const added = runs.insert({.name = "zzz", .score = -1.0, .started_at = tests::moment_of(1)}).id;
    CHECK(runs.page_before({}, order, {}, 1).rows.front().id == added);
  });
}

TEST_CASE("the places around a page lie between rows, also when it is empty") {
  auto db = tests::workshop_database(10);
  db.write([](auto& session) {
    RunRepository runs{session};
    CHECK_FALSE(page_cursor<Run>().has_place());
    CHECK(page_cursor<Run>().text().empty());
    auto const none = runs.page_after({.name = "nothing"}, RunSort::name);
    CHECK(none.rows.empty());
    CHECK_FALSE(none.has_next);
    CHECK_FALSE(none.has_previous);
    CHECK_FALSE(none.end.has_place());

    auto const all = runs.page_after({}, RunSort::id, {}, 10);
    CHECK_FALSE(all.has_next);
    auto const beyond = runs.page_after({}, RunSort::id, all.end, 10);
    CHECK(beyond.rows.empty());
    CHECK(beyond.has_previous);
    CHECK(ids_of(runs.page_before({}, RunSort::id, beyond.start, 3).rows) == id_list{8, 9, 10});
    auto const before = runs.page_before({}, RunSort::id, all.start, 10);
    CHECK(before.rows.empty());
    CHECK(before.has_next);
    CHECK(ids_of(runs.page_after({}, RunSort::id, before.end, 3).rows) == id_list{1, 2, 3});
    // From the place behind row 10 backwards is row 10; from the place before row 1 forwards is row 1.
    CHECK(ids_of(runs.page_before({}, RunSort::id, all.end, 2).rows) == id_list{9, 10});
    CHECK(ids_of(runs.page_after({}, RunSort::id, all.start, 2).rows) == id_list{1, 2});
  });
}

TEST_CASE("the values of a cursor are the stored ones, not those of the struct") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    for (int i = 0; i < 3; ++i) runs.insert({.name = "n", .started_at = tests::moment_of(i)});
    // Reads as a time stamp, and sorts as the text that it is: behind all others.
    session.connection().execute_script("update runs set started_at = '2023-11-14T22:13:20Z' where id = 1");
    id_list const expected = ids_of(session, "select id from runs order by started_at, id");
    REQUIRE(expected == id_list{2, 3, 1});
    check_walk(runs, {}, {{RunSort::started_at, up}}, 1, expected);
    check_walk(runs, {}, {{RunSort::started_at, up}}, 2, expected);
  });
}

TEST_CASE("extreme values are places, too") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    constexpr double infinite = std::numeric_limits<double>::infinity();
    for (double const score : {infinite, -infinite, 5e-324, 0.1 + 0.2, 0.3, 1.7976931348623157e308, -0.0, 0.0}) {
      runs.insert({.name = std::string("a\0b", 3), .score = score, .started_at = tests::moment_of(0)});
      runs.insert({.name = std::string("a\0a", 3), .started_at = tests::moment_of(0)});
    }
    runs.update(RunId{3}, {.tokens = std::numeric_limits<std::int64_t>::min()});
    runs.update(RunId{4}, {.tokens = std::numeric_limits<std::int64_t>::max()});
    check_walk(runs, {}, {RunSort::score, {RunSort::name, down}}, 1,
               ids_of(session, "select id from runs order by score nulls first, name desc, id"));
    check_walk(runs, {}, {{RunSort::tokens, down}, RunSort::name}, 3,
               ids_of(session, "select id from runs order by tokens desc, name, id desc"));
  });
}

TEST_CASE("any text is a place, whatever its bytes and its length") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    for (tests::hostile_text const& hostile : tests::hostile_texts()) {
      std::string const& name = hostile.text;
      for (std::string const& project : {name, tests::look_alike(name)})
        runs.insert({.name = name, .project = project, .code = name, .started_at = tests::moment_of(0)});
    }
    check_walk(runs, {}, {RunSort::name, {RunSort::project, down}}, 1,
               ids_of(session, "select id from runs order by name, project desc, id"));
    check_walk(runs, {}, {{RunSort::project, down}}, 3,
               ids_of(session, "select id from runs order by project desc, id desc"));
    check_walk(runs, {}, {RunSort::code}, 2, ids_of(session, "select id from runs order by code, id"));
  });
}

TEST_CASE("a composite key breaks ties, and a view pages by the key that its spec names") {
  auto db = tests::workshop_database(30);
  db.write([](auto& session) {
    MarkRepository marks{session};
    for (int i = 0; i < 40; ++i) {
      NewMark mark{.run_id = RunId{i % 10 + 1}, .label = std::string(1, static_cast<char>('a' + i / 10))};
      if (i % 3 != 0) mark.rank = i % 4;
      marks.insert(mark);
    }
    auto const walk = [&](sort_order<MarkSort> const& order) {
      std::vector<std::pair<std::int64_t, std::string>> seen;
      page_cursor<Mark> cursor;
      for (bool more = true; more;) {
        auto const page = marks.page_after({}, order, cursor, 3);
        for (Mark const& mark : page.rows) seen.emplace_back(mark.run_id.value(), mark.label);
        cursor = page.end;
        more = page.has_next;
      }
      return seen;
    };
    auto const plain = [&](char const* order) {
      std::vector<std::pair<std::int64_t, std::string>> rows;
      auto found = session.connection().prepare_once(std::string("select run_id, label from marks order by ") + order);
      while (found.step()) rows.emplace_back(found.int64(0), found.text(1));
      return rows;
    };
    CHECK(walk(MarkSort::rank) == plain("rank nulls first, run_id, label"));
    CHECK(walk({{MarkSort::label, down}}) == plain("label desc, run_id desc"));
    CHECK(walk({{MarkSort::run_id, down}, {MarkSort::label, up}, MarkSort::rank}) == plain("run_id desc, label"));

    GoodRunRepository good{session};
    auto const first = good.page_after({}, {}, {}, 4);
    auto const second = good.page_after({}, {}, first.end, 4);
    id_list seen;
    for (auto const& row : first.rows) seen.push_back(row.id);
    for (auto const& row : second.rows) seen.push_back(row.id);
    CHECK(seen == ids_of(session, "select id from good_runs order by score nulls first, id limit 8"));
  });
}

TEST_CASE("a program passes a cursor on as text") {
  auto db = tests::workshop_database(50);
  db.read([](auto& session) {
    // [cursor]
    RunRepository const runs{session};
    sort_order<RunSort> const best_first{{RunSort::score, direction::descending}, RunSort::name};
    auto const first = runs.page_after({.state = run_state::done}, best_first, {}, 5);
    std::string const link = first.has_next ? "/runs?after=" + first.end.text() : "";

    auto const cursor = page_cursor<Run>::from_text(link.substr(link.find('=') + 1));  // the next request
    auto const second = runs.page_after({.state = run_state::done}, best_first, cursor, 5);
    auto const back = runs.page_before({.state = run_state::done}, best_first, second.start, 5);
    CHECK(ids_of(back.rows) == ids_of(first.rows));
    // [/cursor]
    CHECK(second.has_previous);
    // [ordered]
    auto const ranked =
        runs.list_ordered({.state = run_state::done}, {{RunSort::score, direction::descending}, RunSort::name},
                          {.page = 1, .per_page = 5});
    // [/ordered]
    CHECK(ids_of(ranked.rows) == ids_of(first.rows));
  });
}
