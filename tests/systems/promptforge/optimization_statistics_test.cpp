// SPDX-License-Identifier: MIT
#include "optimization_statistics.hpp"
#include "statistics_cache.hpp"
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <promptforge/repositories.hpp>
#include <string>
#include <vector>

using namespace promptforge;
using forge_db::timestamp;
using texts = std::vector<std::string>;

namespace {

timestamp const now = timestamp::from_unix_us(1'800'000'000'000'000);  // 2027-01-15 08:00 UTC

/// A completed run of some time ago, for the fields that a test does not care about.
NewOptimization done(std::string strategy, std::chrono::hours ago = std::chrono::hours(1)) {
  return {.created_at = now - ago,
          .raw_prompt = "x",
          .status = optimization_status::completed,
          .strategy = std::move(strategy)};
}

template <class Work>
app::optimization_statistics stats_of(Work work, std::optional<std::string> const& project = {}) {
  tests::system_database db;
  db->write([&](auto& s) { work(s, OptimizationRepository{s}); });
  return db->read([&](auto& s) { return app::get_stats(s, project, now); });
}

}  // namespace

TEST_CASE("OptimizationRepository.get_stats: nothing but errors where nothing is completed") {
  auto const found = stats_of([](auto& s, auto const& runs) {
    ProjectRepository{s}.insert({.name = "Alpha"});
    runs.insert({.created_at = now, .raw_prompt = "x", .status = optimization_status::error, .strategy = "risen"});
  });
  CHECK(found.total_optimizations == 0);
  CHECK(found.total_projects == 0);
  CHECK(found.optimizations_today == 0);
  CHECK_FALSE(found.average_overall_score);
  CHECK_FALSE(found.most_common_task_type);
  CHECK(found.strategy_distribution.empty());
  CHECK(found.trend_7d.count == 0);
  CHECK_FALSE(found.trend_30d.avg_score);
  REQUIRE(found.error_rates.size() == 1);
  CHECK(found.error_rates.at("risen").rate == 1.0);
}

TEST_CASE(
    "OptimizationRepository.get_stats: means of what is known, to four decimals; names of old are the present ones") {
  auto const found = stats_of([](auto& s, auto const& runs) {
    ProjectRepository{s}.insert({.name = "Alpha"});
    auto row = done("few-shot-scaffolding");
    row.overall_score = 0.1, row.is_improvement = true, row.input_tokens = 4, row.task_type = "code";
    runs.insert(row);
    row = done("few-shot");
    row.overall_score = 0.2, row.is_improvement = false, row.input_tokens = 5, row.task_type = "code";
    runs.insert(row);
    row = done("");
    row.framework_applied = "few-shot", row.overall_score = 0.2, row.is_improvement = true;
    runs.insert(row);
    runs.insert(done("few-shot"));
    row = done("risen", std::chrono::hours(24 * 8));
    row.task_type = "art";
    runs.insert(row);
    runs.insert(done("risen", std::chrono::hours(24 * 31)));
  });
  CHECK(found.total_optimizations == 6);
  CHECK(found.total_projects == 1);
  CHECK(found.average_overall_score == 0.1667);
  CHECK_FALSE(found.average_clarity_score);
  CHECK(found.improvement_rate == 0.6667);
  CHECK(found.most_common_task_type == "code");
  CHECK(found.optimizations_today == 4);
  CHECK(found.trend_7d.count == 4);
  CHECK(found.trend_7d.avg_score == 0.1667);
  CHECK(found.trend_30d.count == 5);
  CHECK(found.strategy_distribution == app::by_name<std::int64_t>{{"few-shot-scaffolding", 4}, {"risen", 2}});
  CHECK(found.score_by_strategy == app::by_name<double>{{"few-shot-scaffolding", 0.1667}});
  auto const& spread = found.score_variance.at("few-shot-scaffolding");
  CHECK(spread.min == 0.1);
  CHECK(spread.max == 0.2);
  CHECK(spread.stddev == 0.0471);
  CHECK(spread.count == 3);
  CHECK(found.score_variance.size() == 1);
  CHECK(found.improvement_by_strategy.at("few-shot-scaffolding").rate == 0.6667);
  CHECK(found.improvement_by_strategy.at("risen").validated == 0);
  CHECK_FALSE(found.improvement_by_strategy.at("risen").rate);
  CHECK(found.token_economics.at("few-shot-scaffolding").avg_input_tokens == 4);  // 4.5, to even
  CHECK_FALSE(found.token_economics.at("risen").avg_input_tokens);
  CHECK(found.confidence_by_strategy.empty());
  CHECK(found.score_matrix.at("few-shot-scaffolding").at("code").avg_score == 0.15);
  CHECK_FALSE(found.score_matrix.at("risen").at("art").avg_score);
  CHECK(found.win_rates.size() == 1);
}

TEST_CASE("OptimizationRepository.get_stats: the best of a task by score, then number, then the greatest name") {
  auto const found = stats_of([](auto&, auto const& runs) {
    auto const add = [&](char const* strategy, char const* task, double score) {
      auto row = done(strategy);
      row.task_type = task, row.overall_score = score;
      runs.insert(row);
    };
    add("risen", "a", 0.5), add("co-star", "a", 0.50001);
    add("risen", "b", 0.5), add("risen", "b", 0.5), add("zeta", "b", 0.5);
    add("co-star", "c", 0.4), add("risen", "c", 0.6);
  });
  CHECK(found.win_rates.at("a").strategy == "risen");  // equal when rounded
  CHECK(found.win_rates.at("b").strategy == "risen");
  CHECK(found.win_rates.at("b").count == 2);
  CHECK(found.win_rates.at("c").avg_score == 0.6);
}

TEST_CASE("OptimizationRepository.get_stats: lists count what is text in them, and a missing score is no 0") {
  auto const found = stats_of([](auto& s, auto const& runs) {
    auto row = done("risen");
    row.secondary_frameworks = texts{"few-shot", "co-star"}, row.overall_score = 0.8;
    row.tags = texts{"e", "d", "c", "b", "a"};
    runs.insert(row);
    row.overall_score.reset(), row.secondary_frameworks = texts{"few-shot-scaffolding"};
    row.tags = texts{"e"};
    runs.insert(row);
    runs.insert(done("risen"));
    s.connection().execute_script(
        "update optimizations set tags = '[1, null]', secondary_frameworks = 'null' where tags is null");
  });
  CHECK(found.secondary_strategy_distribution ==
        app::by_name<std::int64_t>{{"co-star", 1}, {"few-shot-scaffolding", 2}});
  CHECK(found.combo_effectiveness.at("risen").at("few-shot-scaffolding").count == 2);
  CHECK(found.combo_effectiveness.at("risen").at("few-shot-scaffolding").avg_score == 0.8);
  CHECK(found.tags_by_strategy.at("risen") == texts{"e", "a", "b", "c"});
}

TEST_CASE("OptimizationRepository.get_stats: of one project by its name in the row, the empty name being all") {
  auto const fill = [](auto& s, auto const& runs) {
    ProjectRepository{s}.insert({.name = "Alpha"});
    ProjectRepository{s}.insert({.name = "Beta"});
    auto row = done("risen");
    row.project = "Alpha", row.complexity = "high", row.overall_score = 0.5;
    runs.insert(row);
    runs.insert(done("co-star"));
  };
  auto const alpha = stats_of(fill, "Alpha");
  CHECK(alpha.total_optimizations == 1);
  CHECK(alpha.total_projects == 1);
  CHECK(alpha.error_rates.size() == 1);
  CHECK(alpha.complexity_performance.at("risen").at("high").avg_score == 0.5);
  CHECK(stats_of(fill, "").total_projects == 2);
  CHECK(stats_of(fill, "Gamma").total_optimizations == 0);
}

TEST_CASE("statistics are kept for a while, by project, until something changes") {
  app::statistics_cache cache(std::chrono::seconds(300));
  auto const start = app::statistics_cache::clock::now();
  int made = 0;
  auto const make = [&] { return app::optimization_statistics{.total_optimizations = ++made}; };
  CHECK(cache.get({}, make, start).total_optimizations == 1);
  CHECK(cache.get({}, make, start + std::chrono::seconds(299)).total_optimizations == 1);
  CHECK(cache.get("Alpha", make, start).total_optimizations == 2);
  CHECK(cache.get({}, make, start + std::chrono::seconds(300)).total_optimizations == 3);
  cache.clear();
  CHECK(cache.get("Alpha", make, start).total_optimizations == 4);
  auto const outdated = [&] { return cache.clear(), make(); };  // changed while they were made
  CHECK(cache.get("Beta", outdated, start).total_optimizations == 5);
  CHECK(cache.get("Beta", make, start).total_optimizations == 6);
}

TEST_CASE("scores are shown from 1 to 10, those of old as they are") {
  CHECK(app::displayed_score(0) == 1);
  CHECK(app::displayed_score(0.04) == 1);
  CHECK(app::displayed_score(0.75) == 8);
  CHECK(app::displayed_score(1) == 10);
  CHECK(app::displayed_score(7.4) == 7);
  CHECK(app::displayed_score(10) == 10);
}
