// SPDX-License-Identifier: MIT
// How the lists of PromptForge find their rows, with 100,000 rows in each table.
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

TEST_CASE("lists of PromptForge read by an index at 100,000 rows, or the page of their costs says why not") {
  tests::system_database system;
  tests::plain_sqlite const plain(system.file());
  tests::fill_promptforge(plain, 100'000);
  auto const project = id_of<ProjectId>(7, row_of::projects);
  auto const prompt = id_of<PromptId>(7, row_of::prompts);

  tests::reading_plans plans(plain);
  system->read([&](auto& s) {
    app::projects const projects{s};
    app::prompts const prompts{s};
    app::workspaces const workspaces{s};
    app::optimizations const runs{s};
    plans.look(s, "ProjectRepository.list", [&] {
      return projects.list().rows.size() + projects.list({.status = project_status::archived}).rows.size() +
             projects.list({.search = "about 7"}, ProjectSort::name, forge_db::direction::ascending).rows.size();
    });
    plans.look(s, "ProjectRepository.get_children", [&] {
      return projects.get_children(project).prompts.size() + projects.get_children(std::nullopt).folders.size();
    });
    plans.look(s, "ProjectRepository.get_subtree", [&] { return projects.get_subtree(project).size(); });
    plans.look(s, "ProjectRepository.get_path",
               [&] { return projects.get_path(id_of<ProjectId>(1007, row_of::projects)).size(); });
    plans.look(s, "ProjectRepository.get_by_id",
               [&] { return (*projects.get_with_prompts(project))[promptforge::projects::prompts].size(); });
    plans.look(s, "ProjectRepository.get_by_name", [&] { return projects.get_by_name("project 7")->name.size(); });
    plans.look(s, "ProjectRepository.get_context_by_name",
               [&] { return projects.get_context_by_name("project 7")->description.size(); });
    plans.look(s, "ProjectRepository.get_prompt_count",
               [&] { return static_cast<std::size_t>(prompts.get_prompt_count(project)); });
    plans.look(s, "ProjectRepository.get_prompt_counts", [&] {
      std::vector<ProjectId> const ids{project};
      return prompts.get_prompt_counts(ids).size();
    });
    plans.look(s, "ProjectRepository.get_prompt_versions",
               [&] { return prompts.get_prompt_versions(prompt).rows.size(); });
    plans.look(s, "WorkspaceRepository.get_link_by_project_name",
               [&] { return workspaces.get_link_by_project_name("project 7")->repo_url.size(); });
    plans.look(s, "WorkspaceRepository.get_link_by_project_id",
               [&] { return workspaces.get_link_by_project_id(project)->repo_url.size(); });
    plans.look(s, "WorkspaceRepository.list_links", [&] { return workspaces.list_links().size(); });
    plans.look(s, "WorkspaceRepository.get_all_workspace_statuses",
               [&] { return workspaces.get_all_workspace_statuses().size(); });
    plans.look(s, "WorkspaceRepository.get_health_summary",
               [&] { return static_cast<std::size_t>(workspaces.get_health_summary().total_links); });
    plans.look(s, "OptimizationRepository.list", [&] {
      return runs.list().rows.size() + runs.list({.project = "project 7"}).rows.size() +
             runs.list({.status = optimization_status::error}).rows.size() +
             runs.list({.project_id = project, .include_archived = false}).rows.size() +
             runs.list({.search = "tag 7"}, {.sort = "title", .order = "asc"}).rows.size();
    });
    plans.look(s, "OptimizationRepository.title_exists",
               [&] { return std::size_t{runs.title_exists("TITLE 7", "project 7")}; });
    plans.look(s, "OptimizationRepository.get_by_prompt_id",
               [&] { return runs.get_by_prompt_id(prompt, 20, 0, "prompt 7", "project 7").rows.size(); });
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
  });
  system->write([&](auto& s) {
    plans.look(s, "ensure_project_by_name", [&] { return app::ensure_project_by_name(s, " project 7 ") ? 1U : 0U; });
    plans.look(s, "ensure_prompt_in_project",
               [&] { return app::ensure_prompt_in_project(s, project, "prompt  7") ? 1U : 0U; });
    plans.look(s, "ProjectRepository.delete_prompt",
               [&] { return static_cast<std::size_t>(app::prompts{s}.delete_prompt(prompt)); });
    plans.look(s, "ProjectRepository.delete_project_data",
               [&] { return static_cast<std::size_t>(app::projects{s}.delete_project_data(project)); });
  });
  CHECK(plans.scanning() == tests::explained_scans("docs/systems/scale.md", "## Lists of PromptForge"));
}
