// SPDX-License-Identifier: MIT
#pragma once

#include "context.hpp"

#include <forge_db/core/patch.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/repository/loaded.hpp>
#include <forge_db/session/session.hpp>

#include <cstdint>
#include <optional>
#include <promptforge/projects_relations.hpp>
#include <promptforge/projects_repository.hpp>
#include <promptforge/prompts.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace promptforge::app {

/// What update() changes: an unset name stays, the others are unset, forge_db::null or a value.
struct project_changes {
  std::optional<std::string> name{};
  forge_db::patch<std::string> description{};
  forge_db::patch<context> profile{};  ///< One without a filled field is stored as NULL.
};

struct project_filter {
  std::optional<project_status> status{};  ///< Unset: all but the deleted ones.
  std::string search{};                    ///< In name or description, whatever the case of A-Z; empty: all.
};

struct project_state {
  ProjectId id{};
  project_status status{};
};

struct folder_content {
  std::vector<Project> folders{};
  std::vector<Prompt> prompts{};
};

/// A project with its prompts, by position.
using project_with_prompts = forge_db::loaded<Project, promptforge::projects::prompts_t>;

/// The sort of a request; what is no column that projects can be sorted by means created_at.
[[nodiscard]] ProjectSort project_sort(std::string_view name) noexcept;

/// Projects, which are folders of folders and prompts, as the application works with them. Needs a session of either
/// kind; what writes is there in a write session only. Refers to the session and must not outlive it.
///
/// Names: siblings have different names, roots are siblings. A deleted project keeps its row and its name until another
/// one is created, renamed or moved to that place under the same name: then the deleted one is called `name (id)`. So a
/// name finds one row at most, and no deleted row is ever in the way. Deleted projects are not changed, moved, or moved
/// into (refusal::not_found, target_not_found), and hide what is below them; ensure_project_by_name() makes one active.
/// The rules of depth (0 to 8), circles and names are the tree's of the spec; deleted rows count where depths are
/// measured.
template <class Session>
class projects {
 public:
  explicit projects(Session& session) noexcept : session_(session) {}

  /// Of any status.
  [[nodiscard]] std::optional<Project> get_by_id(ProjectId const& id) const;
  /// The same with its prompts; two statements.
  [[nodiscard]] std::optional<project_with_prompts> get_with_prompts(ProjectId const& id) const;
  /// Of the roots, of any status.
  [[nodiscard]] std::optional<Project> get_by_name(std::string const& name) const;
  /// What is known of the project's code, at any depth, not deleted; of several the one that was changed last. Its
  /// description stands for a profile's empty one.
  [[nodiscard]] std::optional<context> get_context_by_name(std::string const& name) const;
  /// Projects of all depths. A page holds 100 rows at most; page_after() of the generated repository pages by key.
  [[nodiscard]] forge_db::page<Project> list(project_filter const& filter = {},
                                             ProjectSort sort = ProjectSort::created_at,
                                             forge_db::direction way = forge_db::direction::descending,
                                             forge_db::offset_page page = {}) const;
  /// Folders by name and prompts by position; without a parent, roots and prompts of no project. All of them.
  [[nodiscard]] folder_content get_children(std::optional<ProjectId> const& parent) const;
  /// The project, at level 0, and what is below it, by level and name. Empty for a deleted one.
  [[nodiscard]] std::vector<forge_db::tree_node<Project>> get_subtree(ProjectId const& root,
                                                                      std::int64_t max_depth = 8) const;
  /// From the root to the project, of any status; empty if there is none. Throws corrupt for a circle.
  [[nodiscard]] std::vector<Project> get_path(ProjectId const& id) const;

  /// Errors: target_not_found for the parent, too_deep, name_taken. The depth is the tree's to set.
  Project create(NewProject const& row) const requires Session::can_write;
  /// Sets updated_at also if nothing else changes. Optimizations of the project that have its name get the new one, as
  /// do those without a prompt, unless another project that is not deleted has the former name, too. Errors: not_found,
  /// name_taken.
  Project update(ProjectId const& id, project_changes const& changes) const requires Session::can_write;
  /// With everything below it, by one update. Errors: not_found.
  Project archive(ProjectId const& id) const requires Session::can_write;
  Project unarchive(ProjectId const& id) const requires Session::can_write;
  /// Marks this row alone. Of a deleted one it changes nothing. Throws forge_db::not_found if there is no such row.
  Project soft_delete(ProjectId const& id) const requires Session::can_write;
  /// Errors, in this order: not_found, into_itself, target_not_found, below_itself, too_deep, name_taken.
  Project move_project(ProjectId const& id, std::optional<ProjectId> const& target) const requires Session::can_write;
  /// Deletes the prompts of the project and of all that is below it, their optimizations, and marks the folders below
  /// it as deleted; the project itself is left to soft_delete(). A statement for each table. Optimizations without a
  /// prompt go by the project's name, unless another project that is not deleted has that name, too. Answers how many
  /// optimizations went. Errors: not_found.
  std::int64_t delete_project_data(ProjectId const& id) const requires Session::can_write;

 private:
  Session& session_;
};

/// The root project of this name, which is trimmed; made if there is none, made active if it is deleted. An archived
/// one stays so, and no prompts should be linked to it. Nothing for a blank name. However many ask at once, one makes
/// it.
std::optional<project_state> ensure_project_by_name(forge_db::sqlite::write_session& session, std::string_view name);

}  // namespace promptforge::app
