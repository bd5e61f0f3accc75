// SPDX-License-Identifier: MIT
// Pages and analytics of a table with a scope and soft deletion see what its lists see.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <workshop/memos_repository.hpp>

using namespace forge_db;
using namespace workshop;

namespace {

/// Of each of two teams twelve memos, with every third one deleted.
sqlite::database teams() {
  auto db = tests::workshop_database();
  db.write([](auto& session) {
    for (char const* team : {"red", "blue"}) {
      MemoRepository const memos(session, team);
      for (int i = 0; i < 12; ++i) {
        auto const id = memos.insert({.body = i % 2 == 0 ? "even" : "odd", .weight = i}).id;
        if (i % 3 == 2) memos.remove(id);
      }
    }
  });
  return db;
}

}  // namespace

TEST_CASE("pages stay with the tenant's living rows, from whatever cursor") {
  auto db = teams();
  db.read([](auto& session) {
    MemoRepository const red(session, "red");
    MemoRepository const blue(session, "blue");
    auto const all = red.page_after({}, MemoSort::weight);
    std::vector<std::int64_t> weights;
    for (Memo const& memo : all.rows) {
      CHECK(memo.team == "red");
      weights.push_back(memo.weight);
    }
    CHECK(weights == std::vector<std::int64_t>{0, 1, 3, 4, 6, 7, 9, 10});
    CHECK_FALSE(all.has_next);

    auto const first = red.page_after({}, MemoSort::weight, {}, 2);
    auto const theirs = blue.page_after({}, MemoSort::weight, first.end, 50);
    CHECK(theirs.rows.size() == 7);  // what is alike in weight lies behind by its key
    for (Memo const& memo : theirs.rows) CHECK(memo.team == "blue");
    CHECK(blue.page_before({}, MemoSort::weight, first.end, 50).rows.size() + theirs.rows.size() == 8);

    auto const odd = red.page_before({.body = "odd"}, {{MemoSort::weight, direction::descending}}, {}, 3);
    REQUIRE(odd.rows.size() == 3);
    CHECK(odd.rows[0].weight == 7);
    CHECK(odd.rows[2].weight == 1);
    CHECK(odd.has_previous);
    CHECK(red.list_ordered({}, {MemoSort::body, MemoSort::weight}).total == 8);
  });
}

TEST_CASE("analytics count the tenant's living rows") {
  auto db = teams();
  db.write([](auto& session) {
    MemoRepository const red(session, "red");
    MemoSums const sums = red.sums();
    CHECK(sums.n == 8);
    CHECK(sums.weight == 40);
    auto const groups = red.by_body();
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].body == "even");
    CHECK(groups[0].n == 4);
    CHECK(groups[0].half == 4);
    CHECK(groups[0].share == 0.5);
    CHECK(red.sums({.body = "o"}).n == 4);
    CHECK(MemoRepository(session, "green").sums().n == 0);

    using statement = forge_db::detail::analytics_statement<MemoByBody>;
    MemoFilter const none;
    std::string const team = "red";
    auto const text = statement::join(dialect::sqlite, statement{none, {team}}.mask());
    CHECK(text.find(R"(from "memos" where "team" = ? and "deleted_at" is null) as "memos" group by 1)") !=
          std::string::npos);
  });
}
