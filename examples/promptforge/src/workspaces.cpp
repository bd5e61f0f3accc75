// SPDX-License-Identifier: MIT
#include "workspaces.hpp"

#include "refused.hpp"

#include <forge_db/core/patch.hpp>
#include <forge_db/query/more_statements.hpp>
#include <forge_db/text/json_writer.hpp>

#include <promptforge/github_connections_repository.hpp>
#include <promptforge/github_oauth_config_repository.hpp>
#include <promptforge/projects.hpp>
#include <promptforge/workspace_links_repository.hpp>

namespace promptforge::app {
namespace {

namespace account = promptforge::github_connections;
namespace config = promptforge::github_oauth_config;
namespace folder = promptforge::projects;
namespace link = promptforge::workspace_links;
using forge_db::or_null;
using forge_db::sqlite::read_session;
using forge_db::sqlite::write_session;

forge_db::json dependencies_json(std::map<std::string, std::string> const& dependencies) {
  forge_db::json_writer out(0);
  out.open_object();
  for (auto const& [name, version] : dependencies) out.member(name, version);
  return forge_db::json::parse(out.close_object().text());
}

std::optional<context> context_of(std::optional<WorkspaceLink> const& found) {
  return found ? parse_context(found->workspace_context) : std::nullopt;
}

}  // namespace

template <class Session>
std::optional<GithubConnection> workspaces<Session>::get_connection() const {
  return session_.first(forge_db::select<GithubConnection>().order_by(account::created_at.asc(), account::id.asc()));
}

template <class Session>
std::optional<GithubConnection> workspaces<Session>::get_connection_by_id(GithubConnectionId const& id) const {
  return GithubConnectionRepository{session_}.find(id);
}

template <class Session>
std::optional<GithubOauthConfig> workspaces<Session>::get_oauth_config() const {
  return session_.first(forge_db::select<GithubOauthConfig>().order_by(config::created_at.asc(), config::id.asc()));
}

template <class Session>
std::optional<WorkspaceLink> workspaces<Session>::get_link_by_id(WorkspaceLinkId const& id) const {
  return WorkspaceLinkRepository{session_}.find(id);
}

template <class Session>
std::optional<WorkspaceLink> workspaces<Session>::get_link_by_project_id(ProjectId const& project) const {
  return session_.first(forge_db::select<WorkspaceLink>().where(link::project_id == project));
}

template <class Session>
std::optional<WorkspaceLink> workspaces<Session>::get_link_by_project_name(std::string const& name) const {
  return session_.first(forge_db::select<WorkspaceLink>()
                            .template join<Project>(folder::id == link::project_id)
                            .where(folder::name == name && folder::status != project_status::deleted)
                            .order_by(link::updated_at.desc(), link::id.asc()));
}

template <class Session>
std::vector<WorkspaceLink> workspaces<Session>::list_links() const {
  return session_.all(forge_db::select<WorkspaceLink>().order_by(link::updated_at.desc(), link::id.asc()));
}

template <class Session>
std::optional<context> workspaces<Session>::get_workspace_context_by_project_name(std::string const& name) const {
  return context_of(get_link_by_project_name(name));
}

template <class Session>
std::optional<context> workspaces<Session>::get_workspace_context_by_project_id(ProjectId const& project) const {
  return context_of(get_link_by_project_id(project));
}

template <class Session>
workspace_health workspaces<Session>::get_health_summary(bool configured, forge_db::timestamp now) const {
  auto const account = get_connection();
  auto const synced = link::sync_status == workspace_sync_status::synced;
  auto const [total, all_synced, stale, errors] =
      session_.one(forge_db::select(forge_db::count(), forge_db::count().filter(synced),
                                    forge_db::count().filter(synced && link::last_synced_at < now - stale_after),
                                    forge_db::count().filter(link::sync_status == workspace_sync_status::error))
                       .template from<WorkspaceLink>());
  return {.github_configured = configured || get_oauth_config().has_value(),
          .github_connected = account && account->token_valid,
          .github_username = account ? std::optional(account->github_username) : std::nullopt,
          .total_links = total,
          .synced = all_synced - stale,
          .stale = stale,
          .errors = errors};
}

template <class Session>
std::vector<workspace_status> workspaces<Session>::get_all_workspace_statuses(forge_db::timestamp now) const {
  std::vector<workspace_status> statuses;
  for (auto const& [id, project, project_id, repo, url, branch, synced_at, status, error, source, known] :
       session_.all(forge_db::select(link::id, folder::name, link::project_id, link::repo_full_name, link::repo_url,
                                     link::default_branch, link::last_synced_at, link::sync_status, link::sync_error,
                                     link::sync_source, link::workspace_context)
                        .template from<WorkspaceLink>()
                        .template join<Project>(folder::id == link::project_id)
                        .where(folder::status != project_status::deleted)
                        .order_by(link::updated_at.desc(), link::id.asc()))) {
    bool const stale = status == workspace_sync_status::synced && synced_at && *synced_at < now - stale_after;
    statuses.push_back({id, project, project_id, repo, url, branch, synced_at, stale, status, error, source,
                        completeness(parse_context(known))});
  }
  return statuses;
}

template <class Session>
GithubConnection workspaces<Session>::upsert_connection(
    NewGithubConnection const& row) const requires Session::can_write {
  return session_.one(forge_db::insert(row)
                          .on_conflict(account::github_user_id)
                          .set(account::github_username = forge_db::excluded(account::github_username),
                               account::access_token_encrypted = forge_db::excluded(account::access_token_encrypted),
                               account::avatar_url = forge_db::excluded(account::avatar_url),
                               account::scopes = forge_db::excluded(account::scopes), account::token_valid = true)
                          .returning());
}

template <class Session>
bool workspaces<Session>::delete_connection(GithubConnectionId const& id) const requires Session::can_write {
  return GithubConnectionRepository{session_}.remove(id);
}

template <class Session>
void workspaces<Session>::mark_token_invalid(GithubConnectionId const& id) const requires Session::can_write {
  GithubConnectionRepository{session_}.update(id, {.token_valid = false});
}

template <class Session>
GithubOauthConfig workspaces<Session>::upsert_oauth_config(
    NewGithubOauthConfig const& row) const requires Session::can_write {
  auto placed = row;
  if (auto const former = get_oauth_config()) placed.id = former->id;
  return session_.one(forge_db::insert(placed)
                          .on_conflict(config::id)
                          .set(config::client_id = forge_db::excluded(config::client_id),
                               config::client_secret_encrypted = forge_db::excluded(config::client_secret_encrypted),
                               config::redirect_uri = forge_db::excluded(config::redirect_uri),
                               config::scope = forge_db::excluded(config::scope))
                          .returning());
}

template <class Session>
bool workspaces<Session>::delete_oauth_config() const requires Session::can_write {
  auto const found = get_oauth_config();
  return found && GithubOauthConfigRepository{session_}.remove(found->id);
}

template <class Session>
WorkspaceLink workspaces<Session>::create_link(NewWorkspaceLink const& row) const requires Session::can_write {
  return WorkspaceLinkRepository{session_}.insert(row);
}

template <class Session>
bool workspaces<Session>::delete_link(WorkspaceLinkId const& id) const requires Session::can_write {
  return WorkspaceLinkRepository{session_}.remove(id);
}

template <class Session>
WorkspaceLink workspaces<Session>::update_sync_status(
    WorkspaceLinkId const& id, workspace_sync_status status, workspace_snapshots const& found,
    std::optional<std::string> const& error) const requires Session::can_write {
  WorkspaceLinkPatch patch{.sync_status = status, .sync_error = or_null(error)};
  auto const now = forge_db::timestamp::now();
  if (status == workspace_sync_status::synced) {
    patch.last_synced_at = now;
    if (found.known) patch.workspace_context = or_null(context_json(*found.known));
    if (found.dependencies) patch.dependencies_snapshot = dependencies_json(*found.dependencies);
    if (found.file_tree) patch.file_tree_snapshot = *found.file_tree;
  }
  if (!WorkspaceLinkRepository{session_}.update(id, patch))
    throw refused(refusal::not_found, "Workspace link not found");
  auto const changed = WorkspaceLinkRepository{session_}.get(id);
  if (status == workspace_sync_status::synced)
    session_.execute(
        forge_db::update<Project>().set(folder::workspace_synced_at = now).where(folder::id == changed.project_id));
  return changed;
}

template class workspaces<read_session>;
template class workspaces<write_session>;

}  // namespace promptforge::app
