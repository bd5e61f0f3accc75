// SPDX-License-Identifier: MIT
// How each filter and each sort of PromptForge's lists finds its rows, with 100,000 rows in each table.
#include "support/catch.hpp"
#include "systems/many_rows.hpp"
#include "systems/reading_plans.hpp"
#include "systems/system_database.hpp"

#include <optimizations.hpp>
#include <projects.hpp>
#include <prompts.hpp>

using namespace promptforge;
using tests::id_of;
using tests::row_of;

TEST_CASE(
    "each filter and sort of PromptForge's lists finds its page by an index, or the page of their costs says why not") {
  tests::system_database system;
  tests::plain_sqlite const plain(system.file());
  tests::fill_promptforge(plain, 100'000);
  auto const project = id_of<ProjectId>(7, row_of::projects);
  auto const prompt = id_of<PromptId>(7, row_of::prompts);

  tests::reading_plans plans(plain);
  system->read([&](auto& s) {
    app::projects const projects{s};
    for (std::string const sort : {"created_at", "updated_at", "name"}) {
      plans.look(s, "ProjectRepository.list by " + sort,
                 [&] { return projects.list({}, app::project_sort(sort)).rows.size(); });
    }
    for (auto const status : {project_status::active, project_status::archived, project_status::deleted}) {
      plans.look(s, "ProjectRepository.list of a status",
                 [&] { return projects.list({.status = status}).rows.size(); });
    }
    plans.look(s, "ProjectRepository.list with a search",
               [&] { return projects.list({.search = "about 7"}).rows.size(); });
    plans.look(s, "ProjectRepository.get_children", [&] {
      return projects.get_children(project).prompts.size() + projects.get_children(std::nullopt).folders.size();
    });
    plans.look(s, "ProjectRepository.get_subtree", [&] { return projects.get_subtree(project).size(); });
    plans.look(s, "ProjectRepository.get_path",
               [&] { return projects.get_path(id_of<ProjectId>(1007, row_of::projects)).size(); });
    plans.look(s, "ProjectRepository.get_prompt_versions",
               [&] { return app::prompts{s}.get_prompt_versions(prompt).rows.size(); });

    app::optimizations const runs{s};
    for (std::string const sort :
         {"created_at", "overall_score", "task_type", "complexity", "status", "duration_ms", "title", "project"}) {
      plans.look(s, "OptimizationRepository.list by " + sort,
                 [&] { return runs.list({}, {.sort = sort}).rows.size(); });
    }
    auto const narrowed = [&](char const* filter, app::list_filter const& by) {
      plans.look(s, std::string("OptimizationRepository.list ") + filter, [&] { return runs.list(by).rows.size(); });
    };
    narrowed("of a project name", {.project = "project 7"});
    narrowed("of a task type", {.task_type = "task 3"});
    narrowed("of a status", {.status = optimization_status::error});
    narrowed("from a score on", {.min_score = 9.5});
    narrowed("with a search", {.search = "title 77"});
    narrowed("of completed ones", {.completed_only = true});
    narrowed("of a project", {.project_id = project});
    narrowed("without archived projects", {.include_archived = false});
    plans.look(s, "OptimizationRepository.get_by_prompt_id", [&] { return runs.get_by_prompt_id(prompt).rows.size(); });
  });
  CHECK(plans.laborious() == tests::explained_scans("docs/systems/scale.md", "## Filters and sorts of PromptForge"));
}
