// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/timestamp.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace promptforge::app {

/// Numbers of one strategy, and of other groups where they have them. Averages are of the rows that have a value, to 4
/// decimals; nothing where none has.
struct score_average {
  std::int64_t count = 0;
  std::optional<double> avg_score{};
};
struct score_spread {
  double min = 0, max = 0, avg = 0;
  double stddev = 0;  ///< of the population
  std::int64_t count = 0;
};
struct improvement {
  std::int64_t improved = 0;
  std::int64_t validated = 0;
  std::optional<double> rate{};
};
/// Whole numbers, halves to even.
struct token_averages {
  std::optional<std::int64_t> avg_input_tokens{}, avg_output_tokens{}, avg_duration_ms{};
};
struct win {
  std::string strategy;
  double avg_score = 0;
  std::int64_t count = 0;
};
struct error_rate {
  std::int64_t total = 0;
  std::int64_t errors = 0;
  double rate = 0;
};

template <class Value>
using by_name = std::map<std::string, Value>;

/// What get_stats() tells: of completed optimizations, but for the errors. An empty map stands for none.
struct optimization_statistics {
  std::int64_t total_optimizations = 0;
  std::optional<double> average_overall_score{}, average_clarity_score{}, average_specificity_score{},
      average_structure_score{}, average_faithfulness_score{}, average_conciseness_score{},
      average_framework_adherence_score{};
  std::optional<double> improvement_rate{};  ///< of those that were validated
  std::int64_t total_projects = 0;
  std::optional<std::string> most_common_task_type{};
  std::int64_t optimizations_today = 0;  ///< since midnight UTC
  by_name<std::int64_t> strategy_distribution{};
  by_name<double> score_by_strategy{};
  by_name<score_spread> score_variance{};
  by_name<double> confidence_by_strategy{};
  by_name<improvement> improvement_by_strategy{};
  by_name<token_averages> token_economics{};
  by_name<by_name<std::int64_t>> task_types_by_strategy{};
  by_name<by_name<score_average>> score_matrix{};
  by_name<win> win_rates{};  ///< by task type
  by_name<std::int64_t> secondary_strategy_distribution{};
  by_name<by_name<score_average>> combo_effectiveness{};  ///< by strategy, then by secondary one
  by_name<std::vector<std::string>> tags_by_strategy{};
  by_name<by_name<score_average>> complexity_performance{};
  by_name<error_rate> error_rates{};  ///< over all statuses
  score_average trend_7d{}, trend_30d{};
};

/// The statistics of all optimizations, or of those that have `project` as their name, as of `now`. Twelve statements,
/// none of which reads rows one by one. Sessions of either kind.
///
/// Where the earlier program was wrong or left it open:
///   * The strategy of a row is `strategy`, else `framework_applied`, an empty one being none. Names of old count as
///   the
///     present ones before anything is averaged, so no mean is weighted by rows without a score.
///   * Averages of token counts and durations are nothing where nothing is known, not 0; a row without a score counts
///     for the runs of a combination and not for its score.
///   * Only text counts in lists of strategies and tags. Numbers, `null` and text that is no list are passed over.
///   * Error rates are there without any completed row.
///   * Of task types that are alike in number, the first by name is the most common one.
template <class Session>
[[nodiscard]] optimization_statistics get_stats(Session& session, std::optional<std::string> const& project = {},
                                                forge_db::timestamp now = forge_db::timestamp::now());

/// A score as people see it: 1 to 10. From 0 to 1, ten times as much; above, as it is.
[[nodiscard]] int displayed_score(double score) noexcept;

}  // namespace promptforge::app
