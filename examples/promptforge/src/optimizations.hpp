// SPDX-License-Identifier: MIT
#pragma once

#include "optimization_filter.hpp"

#include <forge_db/core/patch.hpp>
#include <forge_db/query/page_cursor.hpp>
#include <forge_db/session/session.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <promptforge/optimization_details_repository.hpp>
#include <promptforge/optimizations_repository.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace promptforge::app {

/// A part of a list, and how long the whole list is.
template <class Row>
struct listed {
  std::vector<Row> rows;
  std::int64_t total;
};

/// The text of a prompt and the name of its project, by which optimizations without a prompt belong to it.
struct prompt_text {
  PromptId id;
  std::string content;
  std::string project;
};

/// Which of the optimizations that were asked for were removed; both lists in the order asked, repetitions included.
struct removal {
  std::vector<OptimizationId> deleted;
  std::vector<OptimizationId> not_found;
};

/// What update_tags() changes: unset texts stay, null and "" clear them.
struct tag_change {
  std::vector<std::string> add{};
  std::vector<std::string> remove{};
  forge_db::patch<std::string> project{};
  forge_db::patch<std::string> title{};
};

/// What update_tags() left behind.
struct tagged {
  OptimizationId id;
  std::vector<std::string> tags;
  std::optional<std::string> project;
  std::optional<std::string> title;
};

/// The optimizations as the application works with them, in a session of either kind; what writes is there in a write
/// session only. Refers to the session and must not outlive it. Throws what sessions throw.
///
/// **The project of an optimization** is that of its prompt; of one without a prompt, the project that has the name in
/// `project`. Names can be shared by folders of several depths: a project that is not deleted comes before a deleted
/// one, then the outermost, then the oldest. So each optimization belongs to one project at most, and no name is an
/// error. **Its order** among optimizations of the same time is by id: pages neither repeat nor skip.
template <class Session>
class optimizations {
 public:
  explicit optimizations(Session& session) noexcept : session_(session) {}

  /// The row with its project, or nothing.
  [[nodiscard]] std::optional<OptimizationDetail> get_by_id(OptimizationId const& id) const;

  Optimization create(NewOptimization const& row) const requires Session::can_write;

  /// False if there is none. Versions of prompts that came from it stay.
  bool delete_by_id(OptimizationId const& id) const requires Session::can_write;

  /// Those of a prompt, the newest first. With a `content` and a `project` that are not empty, also those without a
  /// prompt that have both. Throws invalid_value for a limit below 1 or above 10,000 and for a negative offset.
  [[nodiscard]] listed<Optimization> get_by_prompt_id(PromptId const& id, std::int64_t limit = 20,
                                                      std::int64_t offset = 0, std::string_view content = {},
                                                      std::string_view project = {}) const;

  /// How many each prompt has, whatever their status. Those without a prompt count for the last of `texts` that has
  /// their content and project: all of them are read once, however many texts there are. An upgrade leaves few.
  /// Prompts without any are left out.
  [[nodiscard]] std::map<PromptId, std::int64_t> get_forge_counts(std::span<PromptId const> ids,
                                                                  std::span<prompt_text const> texts = {}) const;

  /// The newest completed one of each prompt. A prompt without one of its own takes the newest of those without a
  /// prompt that have its content and project.
  [[nodiscard]] std::map<PromptId, Optimization> get_latest_forge_metadata(
      std::span<PromptId const> ids, std::span<prompt_text const> texts = {}) const;

  /// Whether one has the title, whatever the case of A to Z.
  [[nodiscard]] bool title_exists(std::string_view title, std::optional<std::string> const& project = {},
                                  std::optional<OptimizationId> const& exclude_id = {}) const;

  /// A part of the rows that the filter leaves, each with its project. Throws invalid_value for a limit of 0 or above
  /// 10,000.
  [[nodiscard]] listed<OptimizationDetail> list(list_filter const& filter = {}, paging const& asked = {}) const;

  /// The same by key: a late page costs what the first one does, and rows that come meanwhile move nothing. Nothing is
  /// counted, but the keys of all rows that the project of a filter has are read; `asked.offset` must be 0. Throws
  /// bad_cursor, and invalid_value.
  [[nodiscard]] forge_db::key_page<OptimizationDetail> list_after(
      forge_db::page_cursor<OptimizationDetail> const& cursor, list_filter const& filter = {},
      paging const& asked = {}) const;

  /// Removes all; answers how many there were.
  std::int64_t clear_all() const requires Session::can_write;

  removal delete_by_ids(std::span<OptimizationId const> ids) const requires Session::can_write;

  /// Appends the tags of `add` that are not there, then takes out those of `remove`; nothing if there is no such row.
  /// Each is one statement on the list in the database, so that two changes at once both stay. A list that gets empty
  /// is NULL. Where another program left no list, tags are refused by sql_error instead of being written over; an
  /// empty tag is an invalid_value. The prompt stays, whatever the project.
  std::optional<tagged> update_tags(OptimizationId const& id,
                                    tag_change const& change) const requires Session::can_write;

 private:
  Session& session_;
};

}  // namespace promptforge::app
