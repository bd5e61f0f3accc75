// SPDX-License-Identifier: MIT
// Analytics blocks, against sums over the rows in C++.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <forge_db/query/query.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace forge_db;
using namespace workshop;
using tests::moment_of;

namespace {

std::vector<Run> rows_of(sqlite::database& db) {
  return db.read([](auto& session) { return session.all(select<Run>()); });
}

/// The nearest rank, as the textbook has it: the value at place ceil(percent * n / 100), counted from 1.
template <class T>
std::optional<T> nearest_rank(std::vector<T> values, int percent) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  auto const rank = static_cast<std::size_t>(std::ceil(percent * static_cast<double>(values.size()) / 100.0));
  return values[std::max<std::size_t>(rank, 1) - 1];
}

template <class Rows, class Get>
auto present(Rows const& rows, Get get) {
  std::vector<typename std::remove_cvref_t<decltype(get(rows.front()))>::value_type> values;
  for (auto const& row : rows) {
    if (auto const value = get(row)) values.push_back(*value);
  }
  return values;
}

std::optional<double> mean(std::vector<double> const& values) {
  if (values.empty()) return std::nullopt;
  double sum = 0;
  for (double const value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::optional<double> score(Run const& run) { return run.score; }

void check_near(std::optional<double> found, std::optional<double> expected) {
  REQUIRE(found.has_value() == expected.has_value());
  if (found) CHECK(*found == Catch::Approx(*expected));
}

std::vector<Run> only(std::vector<Run> rows, run_state state) {
  std::erase_if(rows, [&](Run const& run) { return run.state != state; });
  return rows;
}

std::int64_t cents(std::vector<Run> const& rows) {
  std::int64_t sum = 0;
  for (Run const& run : rows) sum += run.cost.scaled();
  return sum;
}

}  // namespace

TEST_CASE("a block without groups answers one row, of the rows that the filter leaves") {
  auto db = tests::workshop_database(200);
  auto rows = rows_of(db);
  db.read([&](auto& session) {
    RunRepository const runs{session};
    for (bool const filtered : {false, true}) {
      if (filtered) std::erase_if(rows, [](Run const& run) { return run.name != "a"; });
      RunTotals const found = runs.totals(filtered ? RunFilter{.name = "a"} : RunFilter{});
      std::set<std::string> projects;
      std::int64_t tokens = 0, named = 0, failed = 0, good = 0, judged = 0;
      timestamp latest = timestamp::min();
      for (Run const& run : rows) {
        if (run.project) ++named, projects.insert(*run.project);
        tokens += run.tokens;
        failed += run.state == run_state::failed ? 1 : 0;
        good += run.good.value_or(false) ? 1 : 0;
        judged += run.good.has_value() ? 1 : 0;
        latest = std::max(latest, run.started_at);
      }
      auto const scores = present(rows, score);
      CHECK(found.runs == static_cast<std::int64_t>(rows.size()));
      CHECK(found.named == named);
      CHECK(found.projects == static_cast<std::int64_t>(projects.size()));
      CHECK(found.tokens == tokens);
      CHECK(found.cost.scaled() == cents(rows));
      check_near(found.mean, mean(scores));
      CHECK(found.lowest == *std::min_element(scores.begin(), scores.end()));
      CHECK(found.latest == latest);
      check_near(found.good_rate, static_cast<double>(good) / static_cast<double>(judged));
      std::vector<double> squares;
      for (double const value : scores) squares.push_back((value - *mean(scores)) * (value - *mean(scores)));
      check_near(found.spread, std::sqrt(*mean(squares)));
      CHECK(found.failed == failed);
      auto const done = present(only(rows, run_state::done), score);
      CHECK(found.best_done == *std::max_element(done.begin(), done.end()));
    }
    RunTotals const nothing = runs.totals({.name = "nothing"});
    CHECK(nothing.runs == 0);
    CHECK(nothing.tokens == 0);
    CHECK(nothing.cost == decimal<18, 2>());
    CHECK_FALSE(nothing.mean);
    CHECK_FALSE(nothing.latest);
    CHECK_FALSE(nothing.spread);
    auto const good = tests::ids_of(session, "select id from good_runs");
    CHECK(GoodRunRepository{session}.scores().n == static_cast<std::int64_t>(good.size()));
  });
}

TEST_CASE("groups have shares, means and percentiles of the nearest rank") {
  for (unsigned const seed : {1U, 2U, 3U}) {
    for (int const count : {1, 2, 3, 40, 101, 200}) {
      auto db = tests::workshop_database(count, seed);
      auto const rows = rows_of(db);
      auto const groups = db.read([](auto& session) { return RunRepository{session}.by_state(); });
      std::int64_t seen = 0;
      for (RunByState const& group : groups) {
        auto const here = only(rows, group.state);
        auto const size = static_cast<double>(here.size());
        seen += group.n;
        CHECK(group.n == static_cast<std::int64_t>(here.size()));
        CHECK(group.share == Catch::Approx(size / count));
        if (cents(rows) != 0) {
          check_near(group.cost_share, static_cast<double>(cents(here)) / static_cast<double>(cents(rows)));
        }
        CHECK(group.mean_cost == Catch::Approx(static_cast<double>(cents(here)) / 100.0 / size));
        auto const scores = present(here, score);
        check_near(group.mean, mean(scores));
        CHECK(group.median == nearest_rank(scores, 50));
        CHECK(group.p90 == nearest_rank(scores, 90));
        auto const tokens = present(here, [](Run const& run) { return std::optional(run.tokens); });
        CHECK(group.p99_tokens == nearest_rank(tokens, 99));
        auto const good = present(
            here, [](Run const& run) { return run.good.value_or(false) ? std::optional(run.cost) : std::nullopt; });
        CHECK(group.median_done == nearest_rank(good, 50));
        auto const times = present(here, [](Run const& run) { return std::optional(run.started_at); });
        CHECK(group.middle == nearest_rank(times, 50));
      }
      CHECK(seen == count);
    }
  }
}

TEST_CASE("the top groups are those that having leaves, in the order that the spec says") {
  auto db = tests::workshop_database(120);
  struct sums {
    std::int64_t n = 0, tokens = 0;
    std::optional<double> best{};
  };
  std::map<std::pair<std::optional<std::string>, run_state>, sums> groups;
  for (Run const& run : rows_of(db)) {
    sums& here = groups[{run.project, run.state}];
    ++here.n, here.tokens += run.tokens, here.best = std::max(here.best, run.score);
  }
  std::erase_if(groups, [](auto const& group) { return group.second.n < 2; });
  auto const top = db.read([](auto& session) { return RunRepository{session}.top_projects(); });
  REQUIRE(top.size() == 5);
  for (std::size_t i = 0; i < top.size(); ++i) {
    auto const found = groups.extract({top[i].project, top[i].state});
    REQUIRE_FALSE(found.empty());
    CHECK(top[i].n == found.mapped().n);
    CHECK(top[i].tokens == found.mapped().tokens);
    CHECK(top[i].best == found.mapped().best);
    if (i > 0) CHECK(std::pair(top[i].n, top[i].best) <= std::pair(top[i - 1].n, top[i - 1].best));
  }
  for (auto const& [key, left] : groups) CHECK(std::pair(left.n, left.best) <= std::pair(top[4].n, top[4].best));
}

TEST_CASE("buckets hold the rows of their time, in UTC, NULL in a group of its own") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    auto const at = [](char const* text) { return *parse_timestamp_lenient(text); };
    for (char const* moment : {"2024-02-28 23:59:59.999999", "2024-02-29 00:00:00", "2024-02-29 23:59:59.999999",
                               "2024-03-01 00:00:00", "2024-03-01 05:00:00"}) {
      runs.insert({.name = "n", .cost = decimal<10, 2>::from_scaled(150), .started_at = at(moment)});
    }
    auto const days = runs.daily();
    REQUIRE(days.size() == 3);
    CHECK(days[0].day == at("2024-02-28 00:00:00"));
    CHECK(days[0].n == 1);
    CHECK(days[1].day == at("2024-02-29 00:00:00"));
    CHECK(days[1].n == 2);
    CHECK(days[1].cost.scaled() == 300);
    CHECK_FALSE(days[1].p90);
    CHECK(days[2].n == 2);
    auto const due = runs.due();
    REQUIRE(due.size() == 1);
    CHECK_FALSE(due[0].month);
    CHECK(due[0].n == 5);
    CHECK_FALSE(due[0].first);
  });
}

TEST_CASE("the last buckets end with the one of now; empty ones are answered where the spec says so") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    auto const at = [](char const* text) { return *parse_timestamp_lenient(text); };
    timestamp const now = at("2024-03-02 12:30:00");
    for (char const* moment : {"2024-03-01 06:59:59.999999", "2024-03-01 07:00:00", "2024-03-02 12:59:59.999999",
                               "2024-03-02 12:00:00", "2024-03-02 13:00:00"}) {
      NewRun run{.name = "n", .started_at = at(moment)};
      run.tokens = 3;
      runs.insert(run);
    }
    // [last]
    auto const hours = runs.last_hours({}, now);
    REQUIRE(hours.size() == 30);
    CHECK(hours.front().hour == at("2024-03-01 07:00:00"));
    CHECK(hours.back().hour == at("2024-03-02 12:00:00"));
    CHECK(hours.back().n == 2);
    // [/last]
    CHECK(hours.front().n == 1);
    CHECK(hours.back().tokens == 6);
    CHECK(hours.back().mean == 3.0);
    for (std::size_t i = 1; i + 1 < hours.size(); ++i) {
      CHECK(hours[i].n == 0);
      CHECK_FALSE(hours[i].mean);
      CHECK(hours[i].hour.unix_us() - hours[i - 1].hour.unix_us() == 3'600'000'000);
    }
    CHECK(runs.last_hours({.name = "other"}, now).back().n == 0);

    // 2024-03-02 is a Saturday: these weeks began on February 19th and 26th.
    runs.insert({.name = "n", .started_at = at("2024-02-18 23:59:59")});
    NewRun early{.name = "n", .started_at = at("2024-02-19 00:00:00")};
    early.state = run_state::done;
    runs.insert(early);
    auto const weeks = runs.last_weeks_by_state({}, now);
    REQUIRE(weeks.size() == 2);
    CHECK(weeks[0].week == at("2024-02-19 00:00:00"));
    CHECK(weeks[0].state == run_state::done);
    CHECK(weeks[0].n == 1);
    CHECK(weeks[1].week == at("2024-02-26 00:00:00"));
    CHECK(weeks[1].n == 5);
    CHECK(weeks[1].share == Catch::Approx(5.0 / 6));

    NewRun due{.name = "n", .started_at = now};
    due.score = 4.5;
    due.due_on = *parse_date("2024-02-29");
    runs.insert(due);
    auto const days = runs.due_days({}, now);
    REQUIRE(days.size() == 5);
    CHECK(days.front().day == *parse_date("2024-02-27"));
    CHECK(days[2].day == *parse_date("2024-02-29"));
    CHECK(days[2].best == 4.5);
    CHECK(days.back().n == 0);
  });
}

TEST_CASE("rows of buckets follow the calendar over month and year ends") {
  using forge_db::detail::bucket_row;
  auto const days = [](char const* now, bucket unit, int count) {
    bucket_row const row(*parse_timestamp_lenient(now), unit, count);
    std::string all;
    for (int at = 0; at <= row.size(); ++at) all += timestamp_iso(row.moment(at)).substr(0, 13) + " ";
    return all;
  };
  CHECK(days("2024-03-31 10:59:59", bucket::hour, 2) == "2024-03-31T09 2024-03-31T10 2024-03-31T11 ");
  CHECK(days("2024-03-01 00:00:00", bucket::day, 2) == "2024-02-29T00 2024-03-01T00 2024-03-02T00 ");
  CHECK(days("2024-03-03 23:00:00", bucket::week, 2) == "2024-02-19T00 2024-02-26T00 2024-03-04T00 ");
  CHECK(days("2024-01-31 00:00:00", bucket::month, 3) == "2023-11-01T00 2023-12-01T00 2024-01-01T00 2024-02-01T00 ");
  CHECK(days("2024-02-29 00:00:00", bucket::quarter, 2) == "2023-10-01T00 2024-01-01T00 2024-04-01T00 ");
  CHECK(days("2024-02-29 00:00:00", bucket::year, 2) == "2023-01-01T00 2024-01-01T00 2025-01-01T00 ");
  CHECK(days("1969-12-31 23:30:00", bucket::hour, 1) == "1969-12-31T23 1970-01-01T00 ");
  CHECK(days("1969-12-28 00:00:00", bucket::week, 1) == "1969-12-22T00 1969-12-29T00 ");
}

TEST_CASE("each block is one statement, and the bounds of the last buckets use the index") {
  auto db = tests::workshop_database(50);
  db.read([](auto& session) {
    RunRepository const runs{session};
    int statements = 0;
    session.connection().set_trace([&](std::string_view) { ++statements; });
    CHECK(runs.totals().runs == 50);
    CHECK(runs.by_state().size() == 3);
    CHECK(runs.daily({.state = run_state::done}).size() == 1);
    CHECK(runs.last_hours().size() == 30);
    session.connection().set_trace({});
    CHECK(statements == 4);

    using last = forge_db::detail::last_buckets_statement<RunLastHours>;
    RunFilter const none;
    last const statement{{none, {}}, {timestamp::now(), bucket::hour, 30}};
    auto plan =
        session.connection().prepare_once("explain query plan " + last::join(dialect::sqlite, statement.mask()));
    REQUIRE(plan.step());
    CHECK(plan.text(3).find("SEARCH runs USING INDEX ix_runs_started_at (started_at>? AND started_at<?)") !=
          std::string_view::npos);
  });
}

TEST_CASE("the texts of a block, on both dialects") {
  RunFilter const filter{.name = "a", .score = {.from = 1.0, .excludes_from = true}};
  auto const text = [&]<class Block>(std::type_identity<Block>, dialect target) {
    using statement = forge_db::detail::analytics_statement<Block>;
    return statement::join(target, statement{filter, {}}.mask());
  };
  CHECK(text(std::type_identity<RunTopProjects>(), dialect::sqlite) ==
        R"(select "project", "state", count(*), max("score"), coalesce(sum("tokens"), 0) from "runs")"
        R"( where "name" = ? and "score" > ? group by 1, 2)"
        R"( having count(*) >= 2 and coalesce(sum("tokens"), 0) > -100)"
        R"( order by 3 desc nulls last, 4 desc nulls last, 1 nulls first, 2 nulls first limit 5)");
  CHECK(text(std::type_identity<RunDaily>(), dialect::postgres) ==
        R"(select date_trunc('day', "started_at", 'UTC'), count(*), coalesce(sum("cost"), 0)::numeric(18, 2),)"
        R"( percentile_disc(0.90) within group (order by "score") from "runs")"
        R"( where "name" = $1 and "score" > $2 group by 1 order by 1 nulls first)");
}
