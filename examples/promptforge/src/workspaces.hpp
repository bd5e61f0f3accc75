// SPDX-License-Identifier: MIT
#pragma once

#include "context.hpp"

#include <forge_db/core/timestamp.hpp>
#include <forge_db/session/session.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <promptforge/github_connections.hpp>
#include <promptforge/github_oauth_config.hpp>
#include <promptforge/workspace_links.hpp>
#include <string>
#include <vector>

namespace promptforge::app {

/// A link that was synced longer ago than this is stale.
inline constexpr std::chrono::hours stale_after{24};

/// What a synchronisation found; an unset one keeps what is stored.
struct workspace_snapshots {
  std::optional<context> known{};  ///< One without a filled field is stored as NULL.
  std::optional<std::map<std::string, std::string>> dependencies{};
  std::optional<std::vector<std::string>> file_tree{};  ///< At most 500 paths, which is for the caller to see to.
};

struct workspace_health {
  bool github_configured = false;
  bool github_connected = false;
  std::optional<std::string> github_username{};
  std::int64_t total_links = 0;
  std::int64_t synced = 0;  ///< Those that are not stale, and those without a time.
  std::int64_t stale = 0;
  std::int64_t errors = 0;  ///< pending and syncing ones are in the total only.
};

struct workspace_status {
  WorkspaceLinkId id{};
  std::string project{};
  ProjectId project_id{};
  std::string repo{};
  std::string repo_url{};
  std::string branch{};
  std::optional<forge_db::timestamp> synced_at{};
  bool stale = false;  ///< Synced, and longer ago than stale_after.
  workspace_sync_status sync_status{};
  std::optional<std::string> sync_error{};
  workspace_sync_source sync_source{};
  double context_completeness = 0;
};

/// GitHub's connection and configuration, and the code repositories of projects. Needs a session of either kind; what
/// writes is there in a write session only, so that no write is lost in one that reads. Refers to the session and must
/// not outlive it.
///
/// Connections and configurations are one row each in practice, which nothing enforces: where there are several, the
/// oldest one (of these, the least id) is the one, for reading, writing and deleting. Links of deleted projects stay
/// and are found by id and project id only.
template <class Session>
class workspaces {
 public:
  explicit workspaces(Session& session) noexcept : session_(session) {}

  [[nodiscard]] std::optional<GithubConnection> get_connection() const;
  [[nodiscard]] std::optional<GithubConnection> get_connection_by_id(GithubConnectionId const& id) const;
  [[nodiscard]] std::optional<GithubOauthConfig> get_oauth_config() const;
  [[nodiscard]] std::optional<WorkspaceLink> get_link_by_id(WorkspaceLinkId const& id) const;
  [[nodiscard]] std::optional<WorkspaceLink> get_link_by_project_id(ProjectId const& project) const;
  /// Of a project that is not deleted, at any depth; of several the link that was changed last.
  [[nodiscard]] std::optional<WorkspaceLink> get_link_by_project_name(std::string const& name) const;
  /// All, the last changed first; the generated repository has pages.
  [[nodiscard]] std::vector<WorkspaceLink> list_links() const;
  [[nodiscard]] std::optional<context> get_workspace_context_by_project_name(std::string const& name) const;
  [[nodiscard]] std::optional<context> get_workspace_context_by_project_id(ProjectId const& project) const;
  /// `configured`: whether the program's environment has an id and a secret, which count where no row has.
  [[nodiscard]] workspace_health get_health_summary(bool configured = false,
                                                    forge_db::timestamp now = forge_db::timestamp::now()) const;
  /// Of all projects that are not deleted, the last changed link first. One statement, without the snapshots.
  [[nodiscard]] std::vector<workspace_status> get_all_workspace_statuses(
      forge_db::timestamp now = forge_db::timestamp::now()) const;

  /// By github_user_id, in one statement: a row that is there gets all of these fields, also the unset ones, and its
  /// token is valid again.
  GithubConnection upsert_connection(NewGithubConnection const& row) const requires Session::can_write;
  /// Links keep, without it. False if there is none.
  bool delete_connection(GithubConnectionId const& id) const requires Session::can_write;
  /// An unknown id is passed over.
  void mark_token_invalid(GithubConnectionId const& id) const requires Session::can_write;
  /// Writes over the one that is there; what is unset gets the default.
  GithubOauthConfig upsert_oauth_config(NewGithubOauthConfig const& row) const requires Session::can_write;
  bool delete_oauth_config() const requires Session::can_write;
  /// Throws constraint_violation for a second link of a project, and for a project or connection that is not there.
  WorkspaceLink create_link(NewWorkspaceLink const& row) const requires Session::can_write;
  bool delete_link(WorkspaceLinkId const& id) const requires Session::can_write;
  /// Sets the status, and the error or clears it. Only for `synced` are the snapshots stored, and the time in the link
  /// and in its project. Errors: not_found.
  WorkspaceLink update_sync_status(
      WorkspaceLinkId const& id, workspace_sync_status status, workspace_snapshots const& found = {},
      std::optional<std::string> const& error = std::nullopt) const requires Session::can_write;

 private:
  Session& session_;
};

}  // namespace promptforge::app
