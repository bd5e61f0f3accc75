// SPDX-License-Identifier: MIT
#include "optimization_filter.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace promptforge::app {

namespace {

std::optional<std::string> given(std::optional<std::string> const& text) {
  return text && !text->empty() ? text : std::nullopt;
}

/// The least score of both, as it is stored.
std::optional<double> least_score(list_filter const& filter) {
  if (!filter.min_score) return filter.min_stored_score;
  double const shown = *filter.min_score >= 1 ? *filter.min_score / 10 : *filter.min_score;
  return std::max(shown, filter.min_stored_score.value_or(-std::numeric_limits<double>::infinity()));
}

}  // namespace

OptimizationDetailFilter detail_filter(list_filter const& filter) {
  OptimizationDetailFilter narrowed{.project = given(filter.project),
                                    .task_type = given(filter.task_type),
                                    .status = filter.status,
                                    .overall_score = {.from = least_score(filter)},
                                    .project_id = filter.project_id,
                                    .search = given(filter.search)};
  if (filter.completed_only) narrowed.status_in = std::vector{optimization_status::completed};
  if (!filter.include_archived) narrowed.is_shelved = false;
  return narrowed;
}

OptimizationDetailSort detail_sort(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 8> names{"created_at", "overall_score", "task_type", "complexity",
                                                  "status",     "duration_ms",   "title",     "project"};
  auto const found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? OptimizationDetailSort::created_at
                              : static_cast<OptimizationDetailSort>(found - names.begin());
}

}  // namespace promptforge::app
