// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <projects.hpp>
#include <promptforge/optimizations_repository.hpp>
#include <promptforge/prompts_repository.hpp>
#include <prompts.hpp>

using namespace promptforge;

namespace {

/// A folder with so many folders below it, one in the other up to a depth of 7, each with so many prompts.
ProjectId planted(forge_db::sqlite::write_session& s, std::string const& name, int size) {
  app::projects const projects{s};
  auto const root = projects.create({.name = name}).id;
  auto above = root;
  for (int i = 0; i < size; ++i) {
    if (i % 7 == 0) above = root;
    above = projects.create({.name = name + std::to_string(i), .parent_id = above}).id;
    auto const prompt = PromptRepository{s}.insert({.content = "a", .project_id = above, .order_index = i}).id;
    PromptRepository{s}.insert({.content = "b", .project_id = root, .order_index = i});
    OptimizationRepository{s}.insert({.raw_prompt = "a", .prompt_id = prompt});
  }
  return root;
}

std::vector<PromptId> prompts_of(forge_db::sqlite::write_session& s, ProjectId const& project) {
  std::vector<PromptId> ids;
  for (auto const& prompt : app::projects{s}.get_children(project).prompts) ids.push_back(prompt.id);
  return ids;
}

}  // namespace

TEST_CASE("what works on many rows takes as many statements for three as for forty") {
  tests::system_database file;
  int statements = 0;
  forge_db::sqlite::options options;
  options.on_query = [&](auto const&) { ++statements; };
  auto db = forge_db::sqlite::open(file.file(), options);
  db.write([&](auto& s) {
    app::projects const projects{s};
    app::prompts const prompts{s};
    auto const few = planted(s, "few", 3);
    auto const many = planted(s, "many", 40);
    auto const target = projects.create({.name = "target"}).id;
    auto const counted = [&](auto const& work) {
      int const before = statements;
      work();
      return statements - before;
    };
    auto const same = [&](char const* what, int most, auto const& work) {
      CAPTURE(what);
      int const one = counted([&] { work(few); });
      CHECK(one > 0);
      CHECK(one <= most);
      CHECK(counted([&] { work(many); }) == one);
    };
    same("get_with_prompts", 2, [&](auto const& id) { static_cast<void>(projects.get_with_prompts(id)); });
    same("get_children", 2, [&](auto const& id) { static_cast<void>(projects.get_children(id)); });
    same("get_subtree", 1, [&](auto const& id) { static_cast<void>(projects.get_subtree(id)); });
    same("get_prompt_counts", 1, [&](auto const& id) {
      static_cast<void>(prompts.get_prompt_counts(std::vector{id, target}));
    });
    auto const of_few = prompts_of(s, few), of_many = prompts_of(s, many);
    same("reorder_prompts", 3, [&](auto const& id) { prompts.reorder_prompts(id, id == few ? of_few : of_many); });
    same("archive", 3, [&](auto const& id) { projects.archive(id); });
    same("move_project", 12,
         [&](auto const& id) { projects.move_project(projects.get_children(id).folders.front().id, std::nullopt); });
    same("delete_project_data", 4, [&](auto const& id) { projects.delete_project_data(id); });
  });
}
