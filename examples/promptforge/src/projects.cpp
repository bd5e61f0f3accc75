// SPDX-License-Identifier: MIT
#include "projects.hpp"

#include "refused.hpp"
#include "whitespace.hpp"

#include <forge_db/core/uuid.hpp>
#include <forge_db/query/more_statements.hpp>

#include <algorithm>
#include <promptforge/optimizations.hpp>
#include <promptforge/prompts_repository.hpp>

namespace promptforge::app {
namespace {

namespace project = promptforge::projects;
namespace prompt = promptforge::prompts;
namespace run = promptforge::optimizations;
using forge_db::sqlite::read_session;
using forge_db::sqlite::write_session;

constexpr auto deepest = forge_db::repository_traits<Project>::tree::max_depth;

[[noreturn]] void refuse_missing(ProjectId const& id) {
  throw refused(refusal::not_found, "Project " + forge_db::uuid_text(id.value()) + " not found");
}

/// A deleted project that has the name in that place gets another one.
void free_name(write_session& session, std::string const& name, std::optional<ProjectId> const& parent) {
  using forge_db::when;
  auto const gone = session.first(
      forge_db::select<Project>().where(project::name == name && project::status == project_status::deleted &&
                                        when(parent, [](auto const& id) { return project::parent_id == id; }) &&
                                        when(!parent, project::parent_id.is_null())));
  if (!gone) return;
  auto const former = name + " (" + forge_db::uuid_text(gone->id.value()) + ')';
  session.execute(forge_db::update<Project>()
                      .set(project::name = former, project::updated_at = gone->updated_at)
                      .where(project::id == gone->id));
}

/// What `work` answers, which puts a project of this name below the parent; what the tree and the unique names refuse,
/// in the application's words. All or nothing.
template <class Work>
auto placing(write_session& session, std::string const& name, std::optional<ProjectId> const& parent,
             Work const& work) {
  try {
    return session.transaction([&](write_session& inner) {
      free_name(inner, name, parent);
      return work(ProjectRepository{inner});
    });
  } catch (forge_db::not_found const&) {
    throw refused(refusal::target_not_found, "Parent folder of \"" + name + "\" not found");
  } catch (forge_db::invalid_value const& wrong) {
    if (wrong.context().column != project::parent_id.name) throw;
    throw refused(refusal::too_deep, "Maximum folder depth (" + std::to_string(deepest) + ") exceeded");
  } catch (forge_db::constraint_violation const& violation) {
    if (violation.code() != forge_db::error_code::unique_violation) throw;
    throw refused(refusal::name_taken, "A project named \"" + name + "\" exists there already");
  }
}

/// What a project's optimizations call it: those of its prompts, and those that only its name leads to it.
void rename_runs(write_session& session, ProjectId const& id, std::string const& from, std::string const& to) {
  auto const own = forge_db::select(prompt::id).from<Prompt>().where(prompt::project_id == id);
  auto const elsewhere = forge_db::exists(forge_db::select<Project>().where(
      project::name == from && project::id != id && project::status != project_status::deleted));
  session.execute(
      forge_db::update<Optimization>()
          .set(run::project = to)
          .where(run::project == from && (run::prompt_id.in(own) || (run::prompt_id.is_null() && !elsewhere))));
}

/// The project and what is below it.
template <class Session>
std::vector<ProjectId> ids_below(Session& session, ProjectId const& id) {
  std::vector<ProjectId> ids;
  for (auto const& node : ProjectRepository{session}.subtree(id)) ids.push_back(node.row.id);
  if (ids.empty()) refuse_missing(id);
  return ids;
}

Project set_status(write_session& session, ProjectId const& id, project_status status) {
  auto const ids = ids_below(session, id);
  session.execute(forge_db::update<Project>().set(project::status = status).where(project::id.in(ids)));
  return ProjectRepository{session}.get(id);
}

}  // namespace

ProjectSort project_sort(std::string_view name) noexcept {
  if (name == "updated_at") return ProjectSort::updated_at;
  return name == "name" ? ProjectSort::name : ProjectSort::created_at;
}

template <class Session>
std::optional<Project> projects<Session>::get_by_id(ProjectId const& id) const {
  return ProjectRepository{session_}.with_deleted().find(id);
}

template <class Session>
std::optional<project_with_prompts> projects<Session>::get_with_prompts(ProjectId const& id) const {
  return ProjectRepository{session_}.with_deleted().with(project::prompts).find(id);
}

template <class Session>
std::optional<Project> projects<Session>::get_by_name(std::string const& name) const {
  return session_.first(forge_db::select<Project>().where(project::name == name && project::parent_id.is_null()));
}

template <class Session>
std::optional<context> projects<Session>::get_context_by_name(std::string const& name) const {
  auto const found = session_.first(forge_db::select<Project>()
                                        .where(project::name == name && project::status != project_status::deleted)
                                        .order_by(project::updated_at.desc(), project::id.asc()));
  if (!found) return std::nullopt;
  context described;
  described.description = found->description.value_or("");
  return merge(described == context{} ? std::nullopt : std::optional(described), parse_context(found->context_profile));
}

template <class Session>
forge_db::page<Project> projects<Session>::list(project_filter const& filter, ProjectSort sort, forge_db::direction way,
                                                forge_db::offset_page page) const {
  ProjectFilter narrowed{.status = filter.status};
  if (!filter.search.empty()) narrowed.search = filter.search;
  ProjectRepository const living{session_};
  return filter.status == project_status::deleted ? living.only_deleted().list(narrowed, sort, way, page)
                                                  : living.list(narrowed, sort, way, page);
}

template <class Session>
folder_content projects<Session>::get_children(std::optional<ProjectId> const& parent) const {
  using forge_db::when;
  return {ProjectRepository{session_}.children(parent),
          session_.all(forge_db::select<Prompt>()
                           .where(when(parent, [](auto const& id) { return prompt::project_id == id; }) &&
                                  when(!parent, prompt::project_id.is_null()))
                           .order_by(prompt::order_index.asc(), prompt::id.asc()))};
}

template <class Session>
std::vector<forge_db::tree_node<Project>> projects<Session>::get_subtree(ProjectId const& root,
                                                                         std::int64_t max_depth) const {
  return ProjectRepository{session_}.subtree(root, max_depth);
}

template <class Session>
std::vector<Project> projects<Session>::get_path(ProjectId const& id) const {
  return ProjectRepository{session_}.with_deleted().path(id);
}

template <class Session>
Project projects<Session>::create(NewProject const& row) const requires Session::can_write {
  return placing(session_, row.name.value(), row.parent_id, [&](auto const& tree) { return tree.insert(row); });
}

template <class Session>
Project projects<Session>::update(ProjectId const& id,
                                  project_changes const& changes) const requires Session::can_write {
  auto const before = ProjectRepository{session_}.find(id);
  if (!before) refuse_missing(id);
  ProjectPatch patch{
      .name = changes.name, .description = changes.description, .updated_at = forge_db::timestamp::now()};
  if (!changes.profile.is_unset()) patch.context_profile = forge_db::null;
  if (changes.profile.has_value()) {
    if (auto const stored = context_json(changes.profile.value())) patch.context_profile = *stored;
  }
  auto const name = changes.name.value_or(before->name);
  return placing(session_, name, before->parent_id, [&](auto const& tree) {
    tree.update(id, patch);
    if (name != before->name) rename_runs(session_, id, before->name, name);
    return tree.get(id);
  });
}

template <class Session>
Project projects<Session>::archive(ProjectId const& id) const requires Session::can_write {
  return set_status(session_, id, project_status::archived);
}

template <class Session>
Project projects<Session>::unarchive(ProjectId const& id) const requires Session::can_write {
  return set_status(session_, id, project_status::active);
}

template <class Session>
Project projects<Session>::soft_delete(ProjectId const& id) const requires Session::can_write {
  ProjectRepository const living{session_};
  living.remove(id);
  return living.with_deleted().get(id);
}

template <class Session>
Project projects<Session>::move_project(ProjectId const& id,
                                        std::optional<ProjectId> const& target) const requires Session::can_write {
  ProjectRepository const living{session_};
  auto const moved = living.find(id);
  if (!moved) refuse_missing(id);
  if (target == id) throw refused(refusal::into_itself, "A project cannot be moved into itself");
  if (target) {
    auto const path = living.path(*target);
    if (std::any_of(path.begin(), path.end(), [&](Project const& above) { return above.id == id; }))
      throw refused(refusal::below_itself, "A project cannot be moved into a folder below it");
  }
  return placing(session_, moved->name, target, [&](auto const& tree) {
    tree.move(id, target);
    return tree.get(id);
  });
}

template <class Session>
std::int64_t projects<Session>::delete_project_data(ProjectId const& id) const requires Session::can_write {
  auto const ids = ids_below(session_, id);
  auto const names = forge_db::select(project::name).from<Project>().where(project::id.in(ids));
  auto const elsewhere = forge_db::exists(
      forge_db::select<Project>().where(project::name == forge_db::outer(run::project) &&
                                        project::status != project_status::deleted && !project::id.in(ids)));
  auto const inside = forge_db::select(prompt::id).from<Prompt>().where(prompt::project_id.in(ids));
  auto const gone = session_.execute(forge_db::remove<Optimization>().where(
      run::prompt_id.in(inside) || (run::prompt_id.is_null() && run::project.in(names) && !elsewhere)));
  session_.execute(forge_db::remove<Prompt>().where(prompt::project_id.in(ids)));
  session_.execute(forge_db::update<Project>()
                       .set(project::status = project_status::deleted)
                       .where(project::id.in(ids) && project::id != id));
  return gone;
}

std::optional<project_state> ensure_project_by_name(write_session& session, std::string_view name) {
  std::string const wanted(trimmed(name));
  if (wanted.empty()) return std::nullopt;
  auto const made =
      session.first(forge_db::insert(NewProject{.name = wanted})
                        .on_conflict(forge_db::index_on(project::name).where(project::parent_id.is_null()))
                        .set(project::status = project_status::active)
                        .where(project::status == project_status::deleted)
                        .returning());
  auto const there = made ? made : projects{session}.get_by_name(wanted);
  return project_state{there->id, there->status};
}

template class projects<read_session>;
template class projects<write_session>;

}  // namespace promptforge::app
