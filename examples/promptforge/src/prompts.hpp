// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/session.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <promptforge/prompt_versions.hpp>
#include <promptforge/prompts.hpp>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace promptforge::app {

/// What update_prompt() changes.
struct prompt_changes {
  std::optional<std::string> content{};             ///< Unset, and the same as before: no new version.
  std::optional<OptimizationId> optimization_id{};  ///< Of the version that is kept: where the new content is from.
  std::optional<std::int32_t> expected_version{};   ///< stale_row if the prompt has another one.
};

/// Former contents, the latest first, and how many there are.
struct former_prompts {
  std::vector<PromptVersion> rows{};
  std::int64_t total = 0;
};

/// Prompts as the application works with them. Needs a session of either kind; what writes is there in a write session
/// only. Refers to the session and must not outlive it.
///
/// Positions: a prompt that comes into a project, by add_prompt() or move_prompt(), is its last one, so that no two get
/// the same. A deleted project takes no prompts by these (refusal::target_not_found); ensure_prompt_in_project() does
/// not look at the status. Versions are kept and counted by the
/// spec's `versions`. Unlinked optimizations belong to a prompt by the project's name and the text, unless another
/// project that is not deleted has that name, too.
template <class Session>
class prompts {
 public:
  explicit prompts(Session& session) noexcept : session_(session) {}

  [[nodiscard]] std::optional<Prompt> get_prompt_by_id(PromptId const& id) const;
  [[nodiscard]] std::int64_t get_prompt_count(ProjectId const& project) const;
  /// Every id that is asked for is there; one statement, none for no ids.
  [[nodiscard]] std::unordered_map<ProjectId, std::int64_t> get_prompt_counts(std::span<ProjectId const> ids) const;
  [[nodiscard]] former_prompts get_prompt_versions(PromptId const& id, std::int64_t limit = 20,
                                                   std::int64_t offset = 0) const;

  /// Without looking for the same content; the project's updated_at is now. Errors: target_not_found.
  Prompt add_prompt(ProjectId const& project, std::string const& content) const requires Session::can_write;
  /// A new content is a new version, and what was there is kept. updated_at is now in any case. Errors: not_found, and
  /// stale_row.
  Prompt update_prompt(PromptId const& id, prompt_changes const& changes) const requires Session::can_write;
  /// With its versions and its optimizations, unlinked ones of its project's name and of its current content among
  /// them. Answers how many optimizations went. Errors: not_found.
  std::int64_t delete_prompt(PromptId const& id) const requires Session::can_write;
  /// Errors, in this order: unknown_ids, repeated_ids, missing_ids.
  std::vector<Prompt> reorder_prompts(ProjectId const& project,
                                      std::span<PromptId const> ids) const requires Session::can_write;
  /// To the end of a project, or of the desktop; where it is already it stays. Optimizations of it that have the name
  /// of its former project get that of the new one, so that lists and statistics by name go along. Errors: not_found,
  /// target_not_found.
  Prompt move_prompt(PromptId const& id, std::optional<ProjectId> const& target) const requires Session::can_write;

 private:
  Session& session_;
};

/// The prompt of the project that has this content, or else one that differs in whitespace only, as it is: the first by
/// position, however many there are. Made at the end of the project if there is none. Nothing for an empty content.
/// Throws constraint_violation if there is no such project. However many ask at once, one makes it.
std::optional<PromptId> ensure_prompt_in_project(forge_db::sqlite::write_session& session, ProjectId const& project,
                                                 std::string const& content);

}  // namespace promptforge::app
