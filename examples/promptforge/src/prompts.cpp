// SPDX-License-Identifier: MIT
#include "prompts.hpp"

#include "list_window.hpp"
#include "refused.hpp"
#include "whitespace.hpp"

#include <forge_db/core/patch.hpp>
#include <forge_db/core/uuid.hpp>
#include <forge_db/query/functions/distinctness.hpp>
#include <forge_db/query/more_statements.hpp>

#include <algorithm>
#include <promptforge/optimizations.hpp>
#include <promptforge/projects_repository.hpp>
#include <promptforge/prompt_versions_repository.hpp>
#include <promptforge/prompts_repository.hpp>
#include <set>

namespace promptforge::app {
namespace {

namespace folder = promptforge::projects;
namespace prompt = promptforge::prompts;
namespace former = promptforge::prompt_versions;
namespace run = promptforge::optimizations;
using forge_db::sqlite::read_session;
using forge_db::sqlite::write_session;

template <class Id>
std::string named(std::string const& what, Id const& id) {
  return what + ' ' + forge_db::uuid_text(id.value());
}

Prompt existing(write_session& session, PromptId const& id) {
  auto found = PromptRepository{session}.find(id);
  if (!found) throw refused(refusal::not_found, named("Prompt", id) + " not found");
  return *std::move(found);
}

void require_target(bool there, ProjectId const& id) {
  if (!there) throw refused(refusal::target_not_found, named("Project", id) + " not found");
}

/// In a project, or on the desktop. The session excludes other writers, so that the position is still free.
std::int32_t next_position(write_session& session, std::optional<ProjectId> const& project) {
  using forge_db::when;
  auto const last = session.value(forge_db::select(forge_db::max(prompt::order_index))
                                      .from<Prompt>()
                                      .where(when(project, [](auto const& id) { return prompt::project_id == id; }) &&
                                             when(!project, prompt::project_id.is_null())));
  return last.value_or(-1) + 1;
}

std::optional<std::string> name_of(write_session& session, std::optional<ProjectId> const& project) {
  if (!project) return std::nullopt;
  return session.value(forge_db::select(folder::name).from<Project>().where(folder::id == *project));
}

/// The optimizations of a prompt go to another project with it.
void take_runs_along(write_session& session, PromptId const& id, std::optional<std::string> const& from,
                     std::optional<std::string> const& to) {
  session.execute(forge_db::update<Optimization>()
                      .set(OptimizationPatch{.project = forge_db::or_null(to)})
                      .where(run::prompt_id == id && forge_db::is_not_distinct_from(run::project, from)));
}

/// Where a prompt is to be.
struct place {
  PromptId id;
  std::int32_t order_index;
};

Prompt append(write_session& session, ProjectId const& project, std::string const& content) {
  return PromptRepository{session}.insert(
      {.content = content, .project_id = project, .order_index = next_position(session, project)});
}

}  // namespace

template <class Session>
std::optional<Prompt> prompts<Session>::get_prompt_by_id(PromptId const& id) const {
  return PromptRepository{session_}.find(id);
}

template <class Session>
std::int64_t prompts<Session>::get_prompt_count(ProjectId const& project) const {
  return PromptRepository{session_}.count({.project_id = project});
}

template <class Session>
std::unordered_map<ProjectId, std::int64_t> prompts<Session>::get_prompt_counts(std::span<ProjectId const> ids) const {
  std::unordered_map<ProjectId, std::int64_t> counts;
  for (auto const& id : ids) counts.emplace(id, 0);
  if (ids.empty()) return counts;
  for (auto const& [id, count] : session_.all(forge_db::select(prompt::project_id, forge_db::count())
                                                  .from<Prompt>()
                                                  .where(prompt::project_id.in(ids))
                                                  .group_by(prompt::project_id))) {
    counts[*id] = count;
  }
  return counts;
}

template <class Session>
former_prompts prompts<Session>::get_prompt_versions(PromptId const& id, std::int64_t limit,
                                                     std::int64_t offset) const {
  check_window(limit, offset);
  return {session_.all(forge_db::select<PromptVersion>()
                           .where(former::prompt_id == id)
                           .order_by(former::version.desc())
                           .limit(limit)
                           .offset(offset)),
          PromptVersionRepository{session_}.count({.prompt_id = id})};
}

template <class Session>
Prompt prompts<Session>::add_prompt(ProjectId const& project,
                                    std::string const& content) const requires Session::can_write {
  require_target(ProjectRepository{session_}.update(project, {.updated_at = forge_db::timestamp::now()}), project);
  return append(session_, project, content);
}

template <class Session>
Prompt prompts<Session>::update_prompt(PromptId const& id,
                                       prompt_changes const& changes) const requires Session::can_write {
  auto const before = existing(session_, id);
  if (changes.expected_version && *changes.expected_version != before.version) {
    throw forge_db::stale_row("the prompt was changed since it was read", *changes.expected_version, before.version);
  }
  PromptRepository const repository{session_};
  repository.update(id, {.content = changes.content, .updated_at = forge_db::timestamp::now()});
  auto after = repository.get(id);
  if (changes.optimization_id && after.version != before.version) {
    session_.execute(forge_db::update<PromptVersion>()
                         .set(former::optimization_id = *changes.optimization_id)
                         .where(former::prompt_id == id && former::version == before.version));
  }
  return after;
}

template <class Session>
std::int64_t prompts<Session>::delete_prompt(PromptId const& id) const requires Session::can_write {
  auto const gone = existing(session_, id);
  ProjectId const project = gone.project_id.value_or(ProjectId{});
  auto const name = forge_db::select(folder::name).from<Project>().where(folder::id == project);
  auto const elsewhere = forge_db::exists(
      forge_db::select<Project>().where(folder::name == forge_db::outer(run::project) && folder::id != project &&
                                        folder::status != project_status::deleted));
  auto const removed = session_.execute(forge_db::remove<Optimization>().where(
      run::prompt_id == id || (run::prompt_id.is_null() && run::raw_prompt == gone.content &&
                               run::project == forge_db::scalar(name) && !elsewhere)));
  PromptRepository{session_}.remove(id);
  return removed;
}

template <class Session>
std::vector<Prompt> prompts<Session>::reorder_prompts(ProjectId const& project,
                                                      std::span<PromptId const> ids) const requires Session::can_write {
  std::set<PromptId> const asked(ids.begin(), ids.end());
  std::set<PromptId> own;
  for (auto const& [id] :
       session_.all(forge_db::select(prompt::id).from<Prompt>().where(prompt::project_id == project)))
    own.insert(id);
  if (!std::includes(own.begin(), own.end(), asked.begin(), asked.end()))
    throw refused(refusal::unknown_ids, "The order names prompts that are not the project's");
  if (asked.size() != ids.size()) throw refused(refusal::repeated_ids, "The order names a prompt twice");
  if (asked.size() != own.size()) throw refused(refusal::missing_ids, "The order lacks prompts of the project");
  std::vector<place> places;
  for (auto const& id : ids) places.push_back({id, static_cast<std::int32_t>(places.size())});
  session_.execute(forge_db::update_each(places).by(prompt::id).set(prompt::order_index));
  return session_.all(
      forge_db::select<Prompt>().where(prompt::project_id == project).order_by(prompt::order_index.asc()));
}

template <class Session>
Prompt prompts<Session>::move_prompt(PromptId const& id,
                                     std::optional<ProjectId> const& target) const requires Session::can_write {
  auto const moved = existing(session_, id);
  if (target) require_target(ProjectRepository{session_}.exists(*target), *target);
  if (target == moved.project_id) return moved;
  take_runs_along(session_, id, name_of(session_, moved.project_id), name_of(session_, target));
  PromptRepository{session_}.update(
      id, {.project_id = forge_db::or_null(target), .order_index = next_position(session_, target)});
  return PromptRepository{session_}.get(id);
}

std::optional<PromptId> ensure_prompt_in_project(write_session& session, ProjectId const& project,
                                                 std::string const& content) {
  if (content.empty()) return std::nullopt;
  auto const in_order = forge_db::select<Prompt>().order_by(prompt::order_index.asc(), prompt::id.asc());
  if (auto const same = session.first(in_order.where(prompt::project_id == project && prompt::content == content))) {
    return same->id;
  }
  auto const wanted = collapsed(content);
  for (auto const& each : session.views(in_order.where(prompt::project_id == project))) {
    if (collapsed(each[prompt::content]) == wanted) return each[prompt::id];
  }
  return append(session, project, content).id;
}

template class prompts<read_session>;
template class prompts<write_session>;

}  // namespace promptforge::app
