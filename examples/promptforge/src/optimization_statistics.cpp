// SPDX-License-Identifier: MIT
#include "optimization_statistics.hpp"

#include <forge_db/session/session.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <promptforge/optimization_details_repository.hpp>
#include <promptforge/projects_repository.hpp>
#include <promptforge/queries.hpp>
#include <tuple>

namespace promptforge::app {

namespace {

/// To 4 decimals, by the exact value of the double; halves, which only such a value can be, to even.
double round4(double value) {
  std::array<char, 400> text;
  auto const end = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed, 4).ptr;
  std::from_chars(text.begin(), end, value);
  return value;
}
std::optional<double> round4(std::optional<double> const& value) {
  return value ? std::optional(round4(*value)) : std::nullopt;
}
std::optional<std::int64_t> whole(std::optional<double> const& value) {
  return value ? std::optional(static_cast<std::int64_t>(std::nearbyint(*value))) : std::nullopt;
}
double share(std::int64_t part, std::int64_t of) { return round4(static_cast<double>(part) / static_cast<double>(of)); }

void put_averages(OptimizationDetailAverages const& mean, optimization_statistics& to) {
  to.total_optimizations = mean.runs;
  to.average_overall_score = round4(mean.overall);
  to.average_clarity_score = round4(mean.clarity);
  to.average_specificity_score = round4(mean.specificity);
  to.average_structure_score = round4(mean.structure);
  to.average_faithfulness_score = round4(mean.faithfulness);
  to.average_conciseness_score = round4(mean.conciseness);
  to.average_framework_adherence_score = round4(mean.framework_adherence);
  to.improvement_rate = round4(mean.improvement_rate);
}

void put_strategy(OptimizationDetailStrategies const& row, optimization_statistics& to) {
  std::string const& name = *row.used_strategy;
  to.strategy_distribution[name] = row.runs;
  if (row.scored > 0) {
    to.score_by_strategy[name] = round4(*row.mean);
    to.score_variance[name] = {round4(*row.lowest), round4(*row.highest), round4(*row.mean), round4(*row.spread),
                               row.scored};
  }
  if (row.confidence) to.confidence_by_strategy[name] = round4(*row.confidence);
  auto& improved = to.improvement_by_strategy[name] = {row.improved, row.validated};
  if (row.validated > 0) improved.rate = share(row.improved, row.validated);
  to.token_economics[name] = {whole(row.input_tokens), whole(row.output_tokens), whole(row.duration_ms)};
}

void put_task(OptimizationDetailStrategiesByTask const& row, optimization_statistics& to) {
  std::string const& strategy = *row.used_strategy;
  std::string const& task = *row.task_type;
  auto const mean = round4(row.mean);
  to.task_types_by_strategy[strategy][task] = row.runs;
  to.score_matrix[strategy][task] = {row.runs, mean};
  if (!mean) return;
  win& best = to.win_rates[task];
  win const found{strategy, *mean, row.runs};
  auto const rank = [](win const& of) { return std::tie(of.avg_score, of.count, of.strategy); };
  if (best.count == 0 || rank(best) < rank(found)) best = found;
}

void put_secondary(SecondaryStrategiesRow const& row, optimization_statistics& to) {
  to.secondary_strategy_distribution[row.secondary] += row.runs;
  if (row.strategy) to.combo_effectiveness[*row.strategy][row.secondary] = {row.runs, round4(row.mean)};
}

}  // namespace

template <class Session>
optimization_statistics get_stats(Session& session, std::optional<std::string> const& project,
                                  forge_db::timestamp now) {
  OptimizationDetailRepository const details{session};
  bool const scoped = project && !project->empty();
  OptimizationDetailFilter const all{.project = scoped ? project : std::nullopt, .used_strategy_is_null = false};
  optimization_statistics found;
  for (auto const& row : details.strategies(all)) {
    found.error_rates[*row.used_strategy] = {row.runs, row.errors, share(row.errors, row.runs)};
  }

  OptimizationDetailFilter const completed{.project = all.project, .status = optimization_status::completed};
  put_averages(details.averages(completed), found);
  if (found.total_optimizations == 0) return found;
  auto const since = [&](forge_db::timestamp from) {
    auto filter = completed;
    filter.created_at.from = from;
    auto const mean = details.averages(filter);
    return score_average{mean.runs, round4(mean.overall)};
  };
  found.trend_7d = since(now - std::chrono::days(7));
  found.trend_30d = since(now - std::chrono::days(30));
  found.optimizations_today = since(std::chrono::floor<std::chrono::days>(now.time_point())).count;
  found.total_projects = scoped ? 1 : ProjectRepository{session}.count({.status = project_status::active});

  auto narrowed = completed;
  narrowed.task_type_is_null = false;
  auto const tasks = details.task_types(narrowed);
  if (!tasks.empty()) found.most_common_task_type = tasks.front().task_type;
  narrowed.used_strategy_is_null = false;
  for (auto const& row : details.strategies_by_task(narrowed)) put_task(row, found);
  narrowed.task_type_is_null.reset();
  for (auto const& row : details.strategies(narrowed)) put_strategy(row, found);
  narrowed.complexity_is_null = false;
  for (auto const& row : details.strategies_by_complexity(narrowed)) {
    found.complexity_performance[*row.used_strategy][*row.complexity] = {row.runs, round4(row.mean)};
  }
  for (auto const& row : queries::secondary_strategies(session, all.project)) put_secondary(row, found);
  for (auto const& row : queries::tags_by_strategy(session, all.project)) {
    found.tags_by_strategy[row.strategy].push_back(row.tag);
  }
  return found;
}

template optimization_statistics get_stats(forge_db::sqlite::read_session&, std::optional<std::string> const&,
                                           forge_db::timestamp);
template optimization_statistics get_stats(forge_db::sqlite::write_session&, std::optional<std::string> const&,
                                           forge_db::timestamp);

int displayed_score(double score) noexcept {
  double const shown = score > 1 ? std::nearbyint(score) : std::clamp(std::nearbyint(score * 10), 1.0, 10.0);
  return static_cast<int>(shown);
}

}  // namespace promptforge::app
