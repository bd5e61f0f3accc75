// SPDX-License-Identifier: MIT
// Analytics blocks that group by the items of a list, against sums over the rows in C++.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <forge_db/query/query.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace forge_db;
using namespace workshop;

namespace {

struct measured_tag {
  std::int64_t n = 0;
  std::set<std::int64_t> runs{};
  std::vector<double> scores{};
};

std::map<std::string, measured_tag> tags_of(std::vector<Run> const& rows) {
  std::map<std::string, measured_tag> tags;
  for (Run const& run : rows) {
    for (std::string const& tag : run.tags) {
      measured_tag& of = tags[tag];
      ++of.n;
      of.runs.insert(run.id.value());
      if (run.score) of.scores.push_back(*run.score);
    }
  }
  return tags;
}

}  // namespace

TEST_CASE("rows are grouped by the items of a list, each row once for each of its items") {
  auto db = tests::workshop_database(300);
  db.read([](auto& session) {
    for (bool const filtered : {false, true}) {
      auto rows = session.all(select<Run>());
      if (filtered) std::erase_if(rows, [](Run const& run) { return run.name != "a"; });
      auto const expected = tags_of(rows);
      std::int64_t items = 0;
      for (auto const& [tag, of] : expected) items += of.n;
      auto const found = RunRepository{session}.by_tag(filtered ? RunFilter{.name = "a"} : RunFilter{});
      REQUIRE(found.size() == 3);
      std::int64_t last = items;
      for (RunByTag const& one : found) {
        CAPTURE(one.tags, filtered);
        auto of = expected.at(one.tags);
        CHECK(one.n == of.n);
        CHECK(one.n <= last);
        CHECK(one.runs == static_cast<std::int64_t>(of.runs.size()));
        CHECK(one.part == Catch::Approx(static_cast<double>(of.n) / static_cast<double>(items)));
        double sum = 0;
        for (double const score : of.scores) sum += score;
        if (!of.scores.empty()) CHECK(*one.mean == Catch::Approx(sum / static_cast<double>(of.scores.size())));
        std::sort(of.scores.begin(), of.scores.end());
        if (!of.scores.empty()) CHECK(*one.middle == of.scores[(of.scores.size() + 1) / 2 - 1]);
        last = one.n;
      }
    }
  });
}

TEST_CASE("what is no list has no items, and an item is text") {
  auto db = tests::workshop_database();
  db.write([](auto& session) {
    RunRepository const runs{session};
    runs.insert({.name = "a", .tags = std::vector<std::string>{"x", "x", "y"}, .started_at = tests::moment_of(0)});
    runs.insert({.name = "b", .tags = std::vector<std::string>{}, .started_at = tests::moment_of(0)});
    session.connection().execute_script(
        "insert into runs (name, started_at, tags) values ('c', '2023-11-14 22:13:20.000000', 'no JSON'), "
        R"(('d', '2023-11-14 22:13:20.000000', '{"y": "z"}'), ('e', '2023-11-14 22:13:20.000000', '[1, "y", null]'))");
    auto const found = runs.by_tag();
    REQUIRE(found.size() == 2);
    CHECK(found[0].tags == "x");  // as often as it is in lists
    CHECK(found[0].n == 2);
    CHECK(found[0].runs == 1);
    CHECK(found[1].tags == "y");
    CHECK(found[1].n == 2);

    auto const days = runs.last_tags({}, tests::moment_of(0));
    REQUIRE(days.size() == 2);
    CHECK(days[1].tags == "y");
    CHECK(days[1].state == run_state::queued);
    CHECK(days[1].n == 2);
  });
}

TEST_CASE("the texts of blocks over items on both dialects") {
  using block = forge_db::detail::analytics_statement<RunLastTags>;
  using traits = analytics_traits<RunLastTags>;
  CHECK(
      block::join(dialect::sqlite, {})
          .ends_with(
              R"(from (select "runs".*, forge_each.value as forge_item from (select * from "runs") as "runs" cross join )"
              R"(json_each(case when json_valid("runs"."tags") then case when json_type("runs"."tags") = 'array' then )"
              R"("runs"."tags" else '[]' end else '[]' end) as forge_each where forge_each.type = 'text') as "runs" )"
              R"(group by 1, 2, 3 order by 1 nulls first, 2 nulls first, 3 nulls first)"));
  CHECK(std::string_view(traits::postgres_tail)
            .starts_with(R"() as "runs" cross join lateral jsonb_array_elements(case jsonb_typeof("runs"."tags") when )"
                         R"('array' then "runs"."tags" else '[]' end) as forge_each (value) where )"
                         R"(jsonb_typeof(forge_each.value) = 'string') as "runs" group by 1, 2, 3)"));
}
