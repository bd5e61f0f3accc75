// SPDX-License-Identifier: MIT
// How PromptForge finds its rows, with 100,000 in each table. Filling them takes longer than asking, so that all is
// asked of one file.
#include "support/catch.hpp"
#include "systems/many_rows.hpp"
#include "systems/reading_plans.hpp"
#include "systems/system_database.hpp"

#include <optimization_statistics.hpp>
#include <optimizations.hpp>
#include <projects.hpp>
#include <prompts.hpp>
#include <workspaces.hpp>

using namespace promptforge;
using tests::id_of;
using tests::row_of;

namespace {

auto const asked_project = id_of<ProjectId>(7, row_of::projects);
auto const asked_prompt = id_of<PromptId>(7, row_of::prompts);
std::string const runs_of_a_project = "OptimizationRepository.list of a project";

/// Each filter and each sort of the lists by itself.
template <class Session>
void look_at_lists(tests::reading_plans& plans, Session& s) {
  app::projects const projects{s};
  for (std::string const sort : {"created_at", "updated_at", "name"}) {
    plans.look(s, "ProjectRepository.list by " + sort,
               [&] { return projects.list({}, app::project_sort(sort)).rows.size(); });
  }
  for (auto const status : {project_status::active, project_status::archived, project_status::deleted}) {
    plans.look(s, "ProjectRepository.list of a status", [&] { return projects.list({.status = status}).rows.size(); });
  }
  plans.look(s, "ProjectRepository.list with a search",
             [&] { return projects.list({.search = "about 7"}).rows.size(); });
  plans.look(s, "ProjectRepository.get_children", [&] {
    return projects.get_children(asked_project).prompts.size() + projects.get_children(std::nullopt).folders.size();
  });
  plans.look(s, "ProjectRepository.get_subtree", [&] { return projects.get_subtree(asked_project).size(); });
  plans.look(s, "ProjectRepository.get_path",
             [&] { return projects.get_path(id_of<ProjectId>(1007, row_of::projects)).size(); });
  plans.look(s, "ProjectRepository.get_prompt_versions",
             [&] { return app::prompts{s}.get_prompt_versions(asked_prompt).rows.size(); });

  app::optimizations const runs{s};
  for (std::string const sort :
       {"created_at", "overall_score", "task_type", "complexity", "status", "duration_ms", "title", "project"}) {
    plans.look(s, "OptimizationRepository.list by " + sort, [&] { return runs.list({}, {.sort = sort}).rows.size(); });
  }
  auto const narrowed = [&](std::string const& name, app::list_filter const& by) {
    plans.look(s, name, [&] { return runs.list(by).rows.size(); });
  };
  narrowed("OptimizationRepository.list of a project name", {.project = "project 7"});
  narrowed("OptimizationRepository.list of a task type", {.task_type = "task 3"});
  narrowed("OptimizationRepository.list of a status", {.status = optimization_status::error});
  narrowed("OptimizationRepository.list from a score on", {.min_score = 9.5});
  narrowed("OptimizationRepository.list with a search", {.search = "title 77"});
  narrowed("OptimizationRepository.list of completed ones", {.completed_only = true});
  narrowed("OptimizationRepository.list without archived projects", {.include_archived = false});
  // The runs of the one have prompts, those of the other its name only.
  narrowed(runs_of_a_project, {.project_id = asked_project, .include_archived = false});
  narrowed(runs_of_a_project, {.project_id = id_of<ProjectId>(8, row_of::projects)});
  plans.look(s, runs_of_a_project, [&] { return runs.list_after({}, {.project_id = asked_project}).rows.size(); });
  plans.look(s, "OptimizationRepository.get_by_prompt_id",
             [&] { return runs.get_by_prompt_id(asked_prompt).rows.size(); });
}

template <class Session>
void look_at_other_reads(tests::reading_plans& plans, Session& s) {
  app::projects const projects{s};
  app::prompts const prompts{s};
  app::workspaces const workspaces{s};
  app::optimizations const runs{s};
  plans.look(s, "ProjectRepository.get_by_id",
             [&] { return (*projects.get_with_prompts(asked_project))[promptforge::projects::prompts].size(); });
  plans.look(s, "ProjectRepository.get_by_name", [&] { return projects.get_by_name("project 7")->name.size(); });
  plans.look(s, "ProjectRepository.get_context_by_name",
             [&] { return projects.get_context_by_name("project 7")->description.size(); });
  plans.look(s, "ProjectRepository.get_prompt_count",
             [&] { return static_cast<std::size_t>(prompts.get_prompt_count(asked_project)); });
  plans.look(s, "ProjectRepository.get_prompt_counts", [&] {
    std::vector<ProjectId> const ids{asked_project};
    return prompts.get_prompt_counts(ids).size();
  });
  plans.look(s, "WorkspaceRepository.get_link_by_project_name",
             [&] { return workspaces.get_link_by_project_name("project 7")->repo_url.size(); });
  plans.look(s, "WorkspaceRepository.get_link_by_project_id",
             [&] { return workspaces.get_link_by_project_id(asked_project)->repo_url.size(); });
  plans.look(s, "WorkspaceRepository.list_links", [&] { return workspaces.list_links().size(); });
  plans.look(s, "WorkspaceRepository.get_all_workspace_statuses",
             [&] { return workspaces.get_all_workspace_statuses().size(); });
  plans.look(s, "WorkspaceRepository.get_health_summary",
             [&] { return static_cast<std::size_t>(workspaces.get_health_summary().total_links); });
  plans.look(s, "OptimizationRepository.title_exists",
             [&] { return std::size_t{runs.title_exists("TITLE 7", "project 7")}; });
  plans.look(s, "OptimizationRepository.get_by_prompt_id",
             [&] { return runs.get_by_prompt_id(asked_prompt, 20, 0, "prompt 7", "project 7").rows.size(); });
  std::vector<PromptId> ids;
  std::vector<app::prompt_text> texts;
  for (std::int64_t number = 1; number <= 100; ++number) {
    ids.push_back(id_of<PromptId>(number, row_of::prompts));
    texts.push_back({ids.back(), "prompt " + std::to_string(number), "project " + std::to_string(number)});
  }
  plans.look(s, "OptimizationRepository.get_forge_counts", [&] { return runs.get_forge_counts(ids, texts).size(); });
  plans.look(s, "OptimizationRepository.get_latest_forge_metadata",
             [&] { return runs.get_latest_forge_metadata(ids, texts).size(); });
  plans.look(s, "OptimizationRepository.get_stats",
             [&] { return static_cast<std::size_t>(app::get_stats(s).total_optimizations); });
}

template <class Session>
void look_at_writes(tests::reading_plans& plans, Session& s) {
  plans.look(s, "ensure_project_by_name", [&] { return app::ensure_project_by_name(s, " project 7 ") ? 1U : 0U; });
  plans.look(s, "ensure_prompt_in_project",
             [&] { return app::ensure_prompt_in_project(s, asked_project, "prompt  7") ? 1U : 0U; });
  plans.look(s, "ProjectRepository.delete_prompt",
             [&] { return static_cast<std::size_t>(app::prompts{s}.delete_prompt(asked_prompt)); });
  plans.look(s, "ProjectRepository.delete_project_data",
             [&] { return static_cast<std::size_t>(app::projects{s}.delete_project_data(asked_project)); });
}

}  // namespace

TEST_CASE("PromptForge finds its rows by an index at 100,000 rows, or the page of its costs says why not") {
  tests::system_database system;
  tests::plain_sqlite const plain(system.file());
  tests::fill_promptforge(plain, 100'000);
  tests::reading_plans lists(plain), others(plain);
  system->read([&](auto& s) {
    look_at_lists(lists, s);
    look_at_other_reads(others, s);
  });
  system->write([&](auto& s) { look_at_writes(others, s); });

  std::string const page = "docs/systems/scale.md";
  auto scanning = tests::operations_of(lists.scanning());
  scanning.merge(tests::operations_of(others.scanning()));
  CHECK(scanning == tests::explained_scans(page, "## Lists of PromptForge"));
  CHECK(lists.laborious() == tests::explained_scans(page, "## Filters and sorts of PromptForge"));
  // It stands there because it sorts what it finds, which is little.
  CHECK(lists.most_steps(runs_of_a_project) < tests::reading_plans::many_steps);
}
