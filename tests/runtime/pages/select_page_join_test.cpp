// SPDX-License-Identifier: MIT
// Pages by key of joins that find at most one row each, against the whole statement's rows.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using namespace workshop;

namespace {

/// 12 runs; run i has marks of i % 4 labels, with ties and NULLs in their ranks.
sqlite::database marked_runs() {
  auto db = tests::workshop_database(12);
  db.write([](auto& session) {
    for (Run const& run : session.all(select<Run>())) {
      for (std::int64_t at = 0; at < run.id.value() % 4; ++at) {
        NewMark mark{.run_id = run.id, .label = "m" + std::to_string(at)};
        if (at != 1) mark.rank = static_cast<std::int32_t>(run.id.value() % 3);
        MarkRepository{session}.insert(mark);
      }
    }
  });
  return db;
}

}  // namespace

TEST_CASE("pages of a join to one row visit every row once, both ways") {
  auto db = marked_runs();
  db.read([](auto& session) {
    std::string const nobody = "nobody";
    auto const query = select(marks::label, marks::rank, runs::name, runs::id)
                           .template from<Mark>()
                           .template join<Run>(runs::id == marks::run_id && runs::name != nobody)
                           .where(runs::tokens > -9)
                           .order_by(marks::rank.desc(), marks::run_id.desc(), marks::label.desc());
    auto const expected = session.all(query);
    REQUIRE(expected.size() == 18);
    auto seen = expected;
    seen.clear();
    cursor_of<decltype(query)> cursor;
    for (bool more = true; more;) {
      auto const page = fetch_page(session, query.page_after(cursor, 4));
      seen.insert(seen.end(), page.rows.begin(), page.rows.end());
      REQUIRE(seen.size() <= expected.size());
      cursor = cursor_of<decltype(query)>::from_text(page.end.text());
      more = page.has_next;
    }
    CHECK(seen == expected);
    seen.clear();
    cursor = {};
    for (bool more = true; more;) {
      auto const page = fetch_page(session, query.page_before(cursor, 5));
      seen.insert(seen.begin(), page.rows.begin(), page.rows.end());
      REQUIRE(seen.size() <= expected.size());
      cursor = page.start;
      more = page.has_previous;
    }
    CHECK(seen == expected);
  });
}

TEST_CASE("a left join keeps rows that find none, and each segment names the first table's columns") {
  auto db = marked_runs();
  db.read([](auto& session) {
    std::string const label = "m1";
    auto const query = select(runs::id, marks::rank)
                           .template from<Run>()
                           .template left_join<Mark>(marks::run_id == runs::id && marks::label == label)
                           .order_by(runs::id.asc());
    auto const first = fetch_page(session, query.page_after({}, 7));
    auto const second = fetch_page(session, query.page_after(first.end, 7));
    CHECK(first.rows.size() == 7);
    CHECK(second.rows.size() == 5);
    CHECK_FALSE(second.has_next);

    using page = std::remove_cvref_t<decltype(query.page_after(first.end, 7))>;
    auto const mask = query.page_after(first.end, 7).mask();
    CHECK(page::join(dialect::sqlite, mask) ==
          R"(select "runs"."id", "marks"."rank", "runs"."id" as forge_order_0 from "runs" left join "marks" on )"
          R"("marks"."run_id" = "runs"."id" and "marks"."label" = ? where "runs"."id" > ? )"
          R"(order by forge_order_0 limit ?)");
    CHECK(page::join(dialect::postgres, mask).find(R"(where "runs"."id" > $2 order by forge_order_0 limit $3)") !=
          std::string::npos);
  });
}
