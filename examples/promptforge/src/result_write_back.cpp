// SPDX-License-Identifier: MIT
#include "result_write_back.hpp"

#include <forge_db/query/query.hpp>

namespace promptforge::app {

namespace runs = promptforge::optimizations;

namespace {

template <class T>
forge_db::patch<T> whole(std::optional<T> const& value) {
  return value ? forge_db::patch<T>(*value) : forge_db::patch<T>(forge_db::null);
}

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
  OptimizationPatch const changes{.optimized_prompt = whole(result.optimized_prompt),
                                  .task_type = whole(result.task_type),
                                  .complexity = whole(result.complexity),
                                  .weaknesses = whole(result.weaknesses),
                                  .strengths = whole(result.strengths),
                                  .changes_made = whole(result.changes_made),
                                  .framework_applied = whole(result.framework_applied),
                                  .optimization_notes = whole(result.optimization_notes),
                                  .clarity_score = whole(result.clarity_score),
                                  .specificity_score = whole(result.specificity_score),
                                  .structure_score = whole(result.structure_score),
                                  .faithfulness_score = whole(result.faithfulness_score),
                                  .overall_score = whole(result.overall_score),
                                  .is_improvement = whole(result.is_improvement),
                                  .verdict = whole(result.verdict),
                                  .duration_ms = elapsed.count(),
                                  .model_used = whole(used),
                                  .status = optimization_status::completed,
                                  .error_message = forge_db::null,
                                  .strategy_reasoning = whole(result.strategy_reasoning),
                                  .input_tokens = whole(result.input_tokens),
                                  .output_tokens = whole(result.output_tokens),
                                  .strategy_confidence = whole(result.strategy_confidence),
                                  .strategy = whole(result.strategy),
                                  .secondary_frameworks = whole(result.secondary_frameworks),
                                  .cache_creation_input_tokens = whole(result.cache_creation_input_tokens),
                                  .cache_read_input_tokens = whole(result.cache_read_input_tokens),
                                  .conciseness_score = whole(result.conciseness_score),
                                  .detected_patterns = whole(result.detected_patterns),
                                  .framework_adherence_score = whole(result.framework_adherence_score)};
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
