// SPDX-License-Identifier: MIT
#include "result_write_back.hpp"

#include <forge_db/core/patch.hpp>
#include <forge_db/query/query.hpp>

namespace promptforge::app {

namespace runs = promptforge::optimizations;
using forge_db::or_null;

namespace {

/// Whether `write` found its row, in a transaction of its own.
template <class Write>
bool written(forge_db::sqlite::database& database, std::function<void(std::string_view)> const& log,
             Write const& write) {
  try {
    return database.write(write);
  } catch (forge_db::error const& problem) {
    if (log) log(problem.what());
    return false;
  }
}

}  // namespace

bool update_optimization_status(forge_db::sqlite::write_session& session, OptimizationId const& id,
                                optimization_result const& result, std::chrono::milliseconds elapsed,
                                std::string_view model) {
  auto const used = result.model_used || model.empty() ? result.model_used : std::optional(std::string(model));
  OptimizationPatch const changes{.optimized_prompt = or_null(result.optimized_prompt),
                                  .task_type = or_null(result.task_type),
                                  .complexity = or_null(result.complexity),
                                  .weaknesses = or_null(result.weaknesses),
                                  .strengths = or_null(result.strengths),
                                  .changes_made = or_null(result.changes_made),
                                  .framework_applied = or_null(result.framework_applied),
                                  .optimization_notes = or_null(result.optimization_notes),
                                  .clarity_score = or_null(result.clarity_score),
                                  .specificity_score = or_null(result.specificity_score),
                                  .structure_score = or_null(result.structure_score),
                                  .faithfulness_score = or_null(result.faithfulness_score),
                                  .overall_score = or_null(result.overall_score),
                                  .is_improvement = or_null(result.is_improvement),
                                  .verdict = or_null(result.verdict),
                                  .duration_ms = elapsed.count(),
                                  .model_used = or_null(used),
                                  .status = optimization_status::completed,
                                  .error_message = forge_db::null,
                                  .strategy_reasoning = or_null(result.strategy_reasoning),
                                  .input_tokens = or_null(result.input_tokens),
                                  .output_tokens = or_null(result.output_tokens),
                                  .strategy_confidence = or_null(result.strategy_confidence),
                                  .strategy = or_null(result.strategy),
                                  .secondary_frameworks = or_null(result.secondary_frameworks),
                                  .cache_creation_input_tokens = or_null(result.cache_creation_input_tokens),
                                  .cache_read_input_tokens = or_null(result.cache_read_input_tokens),
                                  .conciseness_score = or_null(result.conciseness_score),
                                  .detected_patterns = or_null(result.detected_patterns),
                                  .framework_adherence_score = or_null(result.framework_adherence_score)};
  return session.execute(forge_db::update<Optimization>().set(changes).where(runs::id == id)) > 0;
}

bool update_optimization_status(forge_db::sqlite::write_session& session, OptimizationId const& id,
                                std::string_view error) {
  return session.execute(forge_db::update<Optimization>()
                             .set(runs::status = optimization_status::error, runs::error_message = error)
                             .where(runs::id == id)) > 0;
}

bool update_optimization_status(forge_db::sqlite::database& database, OptimizationId const& id,
                                optimization_result const& result, std::chrono::milliseconds elapsed,
                                std::string_view model, std::function<void(std::string_view)> const& log) {
  return written(database, log,
                 [&](auto& session) { return update_optimization_status(session, id, result, elapsed, model); });
}

bool update_optimization_status(forge_db::sqlite::database& database, OptimizationId const& id, std::string_view error,
                                std::function<void(std::string_view)> const& log) {
  return written(database, log, [&](auto& session) { return update_optimization_status(session, id, error); });
}

}  // namespace promptforge::app
