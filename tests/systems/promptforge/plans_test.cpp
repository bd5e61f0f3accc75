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
using tests::row_id;
using tests::row_of;

namespace {

template <class Id>
Id id_of(std::int64_t number, row_of table) {
  return Id{forge_db::parse_uuid(row_id(number, table)).value()};
}

}  // namespace

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
    plans.look(s, "ProjectRepository.list", [&] { return projects.list().rows.size(); });
    plans.look(s, "ProjectRepository.get_children", [&] { return projects.get_children(project).prompts.size(); });
    plans.look(s, "ProjectRepository.get_subtree", [&] { return projects.get_subtree(project).size(); });
    plans.look(s, "ProjectRepository.get_path",
               [&] { return projects.get_path(id_of<ProjectId>(1007, row_of::projects)).size(); });
    plans.look(s, "ProjectRepository.get_prompt_counts", [&] {
      std::vector<ProjectId> const ids{project};
      return prompts.get_prompt_counts(ids).size();
    });
    plans.look(s, "ProjectRepository.get_prompt_versions",
               [&] { return prompts.get_prompt_versions(prompt).rows.size(); });
    plans.look(s, "WorkspaceRepository.list_links", [&] { return workspaces.list_links().size(); });
    plans.look(s, "WorkspaceRepository.get_all_workspace_statuses",
               [&] { return workspaces.get_all_workspace_statuses().size(); });
    plans.look(s, "WorkspaceRepository.get_health_summary",
               [&] { return static_cast<std::size_t>(workspaces.get_health_summary().total_links); });
    plans.look(s, "OptimizationRepository.list", [&] {
      return runs.list().rows.size() + runs.list({.project = "project 7"}).rows.size() +
             runs.list({.status = optimization_status::error}).rows.size();
    });
    plans.look(s, "OptimizationRepository.get_by_prompt_id",
               [&] { return runs.get_by_prompt_id(prompt, 20, 0, "prompt 7", "project 7").rows.size(); });
    std::vector<PromptId> ids;
    for (std::int64_t number = 1; number <= 100; ++number) ids.push_back(id_of<PromptId>(number, row_of::prompts));
    plans.look(s, "OptimizationRepository.get_forge_counts", [&] { return runs.get_forge_counts(ids).size(); });
    plans.look(s, "OptimizationRepository.get_latest_forge_metadata",
               [&] { return runs.get_latest_forge_metadata(ids).size(); });
    plans.look(s, "OptimizationRepository.get_stats",
               [&] { return static_cast<std::size_t>(app::get_stats(s).total_optimizations); });
  });
  CHECK(plans.scanning() == tests::explained_scans("docs/systems/scale.md", "## Lists of PromptForge"));
}
