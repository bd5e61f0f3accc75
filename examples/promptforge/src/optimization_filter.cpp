// SPDX-License-Identifier: MIT
#include "optimization_filter.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>
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
  using sort = OptimizationDetailSort;
  constexpr std::array<std::pair<std::string_view, sort>, 8> sorts{{{"created_at", sort::created_at},
                                                                    {"overall_score", sort::overall_score},
                                                                    {"task_type", sort::task_type},
                                                                    {"complexity", sort::complexity},
                                                                    {"status", sort::status},
                                                                    {"duration_ms", sort::duration_ms},
                                                                    {"title", sort::title},
                                                                    {"project", sort::project}}};
  auto const found = std::find_if(sorts.begin(), sorts.end(), [name](auto const& each) { return each.first == name; });
  return found == sorts.end() ? sort::created_at : found->second;
}

}  // namespace promptforge::app
