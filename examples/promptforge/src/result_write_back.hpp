// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/session.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <promptforge/optimizations.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace promptforge::app {

/// What a run of the optimizer found. All of it is written; what is unset becomes NULL.
struct optimization_result {
  using texts = std::optional<std::vector<std::string>>;
  std::optional<std::string> optimized_prompt{}, task_type{}, complexity{};
  texts weaknesses{}, strengths{}, changes_made{};
  std::optional<std::string> framework_applied{}, optimization_notes{};
  std::optional<double> clarity_score{}, specificity_score{}, structure_score{}, faithfulness_score{},
      conciseness_score{}, framework_adherence_score{}, overall_score{};
  std::optional<bool> is_improvement{};
  std::optional<std::string> verdict{}, model_used{}, strategy{}, strategy_reasoning{};
  std::optional<double> strategy_confidence{};
  std::optional<std::int64_t> input_tokens{}, output_tokens{}, cache_creation_input_tokens{}, cache_read_input_tokens{};
  texts secondary_frameworks{}, detected_patterns{};
};

/// The row gets the result, its status completed and no error message; false if there is no such row. `model` is
/// written where the result names none. Whatever status the row has is overwritten: a run that was cancelled and goes
/// on to its end is completed.
bool update_optimization_status(forge_db::sqlite::write_session& session, OptimizationId const& id,
                                optimization_result const& result, std::chrono::milliseconds elapsed,
                                std::string_view model = {});

/// The row gets the status error and the message, and keeps all else; false if there is no such row.
bool update_optimization_status(forge_db::sqlite::write_session& session, OptimizationId const& id,
                                std::string_view error);

/// As above in a transaction of their own. A database error goes to `log`, which may be empty, and the answer is false:
/// nobody waits for a run that is over.
bool update_optimization_status(forge_db::sqlite::database& database, OptimizationId const& id,
                                optimization_result const& result, std::chrono::milliseconds elapsed,
                                std::string_view model, std::function<void(std::string_view)> const& log);
bool update_optimization_status(forge_db::sqlite::database& database, OptimizationId const& id, std::string_view error,
                                std::function<void(std::string_view)> const& log);

}  // namespace promptforge::app
