// SPDX-License-Identifier: MIT
// Pages by key of select statements, against the whole statement's rows.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

#include <string>
#include <tuple>

using namespace forge_db;
using namespace workshop;
using Catch::Matchers::ContainsSubstring;

namespace {

/// Every page forwards, then every page backwards; the cursors travel as text.
template <class Session, class Query>
void check_walk(Session& session, Query const& query, std::int64_t size) {
  auto const expected = session.all(query);
  decltype(session.all(query)) seen;
  cursor_of<Query> cursor;
  for (bool more = true; more;) {
    auto const page = fetch_page(session, query.page_after(cursor, size));
    CHECK(page.has_previous == !seen.empty());
    seen.insert(seen.end(), page.rows.begin(), page.rows.end());
    REQUIRE(seen.size() <= expected.size());
    CHECK(page.has_next == (seen.size() < expected.size()));
    cursor = cursor_of<Query>::from_text(page.end.text());
    more = page.has_next;
  }
  CHECK(seen == expected);

  seen.clear();
  cursor = {};
  for (bool more = true; more;) {
    auto const page = fetch_page(session, query.page_before(cursor, size));
    CHECK(page.has_next == !seen.empty());
    seen.insert(seen.begin(), page.rows.begin(), page.rows.end());
    REQUIRE(seen.size() <= expected.size());
    CHECK(page.has_previous == (seen.size() < expected.size()));
    cursor = page.start;
    more = page.has_previous;
  }
  CHECK(seen == expected);
}

template <class Page>
std::string text_of(Page const& page, dialect target) {
  return Page::join(target, page.mask());
}

}  // namespace

TEST_CASE("pages of a select visit every row once, in its order, both ways") {
  auto db = tests::workshop_database(90);
  db.read([](auto& session) {
    for (std::int64_t const size : {1, 7, 90}) {
      // The key stands last, so that the whole statement has one order.
      check_walk(session, select(runs::id, runs::name).from<Run>().order_by(runs::name.asc(), runs::id.asc()), size);
      check_walk(session, select(runs::score, runs::id).from<Run>().order_by(runs::score.desc(), runs::id.desc()),
                 size);
      check_walk(
          session,
          select(runs::id).from<Run>().order_by(runs::project.asc().nulls_last(), runs::score.desc().nulls_first(),
                                                runs::tokens.desc(), runs::id.asc()),
          size);
      std::string const word = "a";
      check_walk(session,
                 select(runs::id, runs::name, runs::tokens + runs::tokens)
                     .from<Run>()
                     .where(runs::name == word || runs::tokens > 1)
                     .order_by(runs::due_on.desc(), runs::id.desc()),
                 size);
      for (bool const only_done : {false, true}) {
        check_walk(session,
                   select(runs::id, runs::state)
                       .from<Run>()
                       .where(when(only_done, runs::state == run_state::done) && runs::tokens < 3)
                       .order_by(runs::started_at.desc(), runs::id.desc()),
                   size);
      }
    }
  });
}

TEST_CASE("the key breaks the ties of a select's order") {
  auto db = tests::workshop_database(40);
  db.read([](auto& session) {
    auto const by_state = select<Run>().order_by(runs::state.desc());
    auto const first = fetch_page(session, by_state.page_after({}, 25));
    auto const second = fetch_page(session, by_state.page_after(first.end, 25));
    tests::id_list seen = tests::ids_of(first.rows);
    for (auto const id : tests::ids_of(second.rows)) seen.push_back(id);
    CHECK(seen == tests::ids_of(session, "select id from runs order by state desc, id desc"));
  });
}

TEST_CASE("cursors of selects are of their order: others do not fit, as text or as a type") {
  auto db = tests::workshop_database(20);
  db.read([](auto& session) {
    auto const up = select<Run>().order_by(runs::name.asc());
    auto const down = select<Run>().order_by(runs::name.desc());
    auto const end = fetch_page(session, up.page_after({}, 3)).end;
    using other = cursor_of<decltype(down)>;
    static_assert(!std::is_same_v<std::remove_cvref_t<decltype(end)>, other>);
    CHECK_THROWS_WITH(down.page_after(other::from_text(end.text()), 3),
                      ContainsSubstring("sort columns and directions"));
    auto const of_repository = RunRepository{session}.page_after({}, RunSort::name, {}, 3).end;
    using own = cursor_of<decltype(up)>;
    CHECK_THROWS_AS(up.page_after(own::from_text(of_repository.text()), 3), bad_cursor);
    CHECK_THROWS_WITH(up.page_after({}, 0), ContainsSubstring("page_after() requires its size"));
    CHECK_THROWS_WITH(up.page_before({}, 0), ContainsSubstring("page_before() requires its size"));
    // The place is the same whatever else is asked.
    auto const narrowed = select(runs::id).from<Run>().where(runs::tokens > 0).order_by(runs::name.asc());
    CHECK_NOTHROW(fetch_page(session, narrowed.page_after(own::from_text(end.text()), 3)));
  });
}

TEST_CASE("the text of a select's page is a search for each part of what lies behind the place") {
  auto db = tests::workshop_database(30);
  db.read([](auto& session) {
    auto const query =
        select(runs::name).from<Run>().where(runs::tokens > 0 || runs::good.is_null()).order_by(runs::score.desc());
    auto const page = fetch_page(session, query.page_after({}, 2));
    CHECK(text_of(query.page_after({}, 2), dialect::sqlite) ==
          R"(select "name", "score" as forge_order_0, "id" as forge_order_1 from "runs")"
          R"( where ("tokens" > ? or "good" is null))"
          R"( order by forge_order_0 desc nulls last, forge_order_1 desc limit ?)");
    CHECK(text_of(query.page_before(page.end, 2), dialect::postgres) ==
          R"(select "name", "score" as forge_order_0, "id" as forge_order_1 from "runs")"
          R"( where ("tokens" > $1 or "good" is null) and "score" = $2 and "id" >= $3)"
          R"( union all select "name", "score" as forge_order_0, "id" as forge_order_1 from "runs")"
          R"( where ("tokens" > $4 or "good" is null) and "score" > $5)"
          R"( order by forge_order_0 nulls first, forge_order_1 limit $6)");
    auto const by_name = select<Run>().order_by(runs::name.asc());
    auto const end = fetch_page(session, by_name.page_after({}, 5)).end;
    auto plan =
        session.connection().prepare_once("explain query plan " + text_of(by_name.page_after(end, 5), dialect::sqlite));
    while (plan.step()) {
      CHECK(plan.text(3).find("SCAN") == std::string_view::npos);
      CHECK(plan.text(3).find("TEMP B-TREE") == std::string_view::npos);
    }
  });
}

TEST_CASE("a select is paged from a link") {
  auto db = tests::workshop_database(60);
  db.read([](auto& session) {
    // [select]
    auto const query = select(runs::name, runs::score)
                           .from<Run>()
                           .where(runs::state == run_state::done)
                           .order_by(runs::score.desc().nulls_last(), runs::name.asc());
    auto const first = fetch_page(session, query.page_after({}, 5));
    std::string const link = first.end.text();

    auto const cursor = cursor_of<decltype(query)>::from_text(link);  // the next request
    auto const second = fetch_page(session, query.page_after(cursor, 5));
    auto const back = fetch_page(session, query.page_before(second.start, 5));
    CHECK(back.rows == first.rows);
    // [/select]
    CHECK(second.has_previous);
  });
}
