// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <promptforge/enums.hpp>
#include <promptforge/ids.hpp>
#include <promptforge/optimization_details_repository.hpp>
#include <string>
#include <string_view>

namespace promptforge::app {

/// What a list of optimizations is narrowed by. What is unset does not narrow, nor does an empty text.
struct list_filter {
  std::optional<std::string> project{};  ///< The exact name in the row.
  std::optional<std::string> task_type{};
  std::optional<optimization_status> status{};
  /// The least overall score, on the scale that people see: from 1 on, tenths (8 is 0.8); below 1, as it is stored.
  std::optional<double> min_score{};
  /// The least overall score as it is stored. The scale above cannot ask for 1.0.
  std::optional<double> min_stored_score{};
  /// Part of the raw or optimized prompt, the title, the project or a tag, whatever the case of A to Z. `%` and `_`
  /// mean themselves, and tags are looked at as what they say, not as JSON writes them.
  std::optional<std::string> search{};
  bool completed_only = false;
  /// The project that the row belongs to, by its prompt or by its name.
  std::optional<ProjectId> project_id{};
  bool include_archived = true;  ///< If not: without rows whose project is archived or deleted.
};

/// Which part of a list, and its order. A `sort` that is none of created_at, overall_score, task_type, complexity,
/// status, duration_ms, title and project is created_at; an `order` other than "asc" is descending.
struct paging {
  std::size_t limit = 20;
  std::size_t offset = 0;
  std::string_view sort = "created_at";
  std::string_view order = "desc";
};

/// The same as the generated repository's.
[[nodiscard]] OptimizationDetailFilter detail_filter(list_filter const& filter);
[[nodiscard]] OptimizationDetailSort detail_sort(std::string_view name) noexcept;

}  // namespace promptforge::app
