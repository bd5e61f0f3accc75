// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/promptforge/refusal_of.hpp"
#include "systems/system_database.hpp"

#include <projects.hpp>
#include <promptforge/optimizations_repository.hpp>
#include <promptforge/prompt_versions_repository.hpp>
#include <promptforge/prompts_repository.hpp>
#include <prompts.hpp>
#include <workspaces.hpp>

using namespace promptforge;
using tests::refusal_of;

namespace {

/// An optimization without a prompt.
OptimizationId unlinked(forge_db::sqlite::write_session& s, std::string project, std::string text) {
  return OptimizationRepository{s}.insert({.raw_prompt = std::move(text), .project = std::move(project)}).id;
}
OptimizationId linked(forge_db::sqlite::write_session& s, PromptId const& prompt) {
  return OptimizationRepository{s}.insert({.raw_prompt = "x", .prompt_id = prompt}).id;
}

}  // namespace

TEST_CASE("ProjectRepository.delete_prompt: its versions, its optimizations, and unlinked ones of its text") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    auto const project = app::projects{s}.create({.name = "Alpha"}).id;
    auto const id = prompts.add_prompt(project, "one").id;
    prompts.update_prompt(id, {.content = "two"});
    auto const other = prompts.add_prompt(project, "three").id;
    linked(s, id);
    unlinked(s, "Alpha", "two");
    auto const kept = {
        linked(s, other), unlinked(s, "Alpha", "one"), unlinked(s, "Beta", "two"),
        OptimizationRepository{s}.insert({.raw_prompt = "two", .project = "Alpha", .prompt_id = other}).id};
    CHECK(prompts.delete_prompt(id) == 2);
    CHECK_FALSE(prompts.get_prompt_by_id(id));
    CHECK(PromptVersionRepository{s}.count() == 0);
    for (auto const& run : kept) CHECK(OptimizationRepository{s}.exists(run));
    CHECK(refusal_of([&] { prompts.delete_prompt(id); }) == app::refusal::not_found);
  });
}

TEST_CASE("ProjectRepository.delete_prompt: of no project, and of a name that another project has") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    app::projects const projects{s};
    auto const desk = PromptRepository{s}.insert({.content = "two"}).id;
    auto const root = projects.create({.name = "root"}).id;
    auto const one = projects.create({.name = "Alpha"}).id;
    auto const twin = projects.create({.name = "Alpha", .parent_id = root}).id;
    auto const run = unlinked(s, "Alpha", "two");
    CHECK(prompts.delete_prompt(desk) == 0);
    CHECK(prompts.delete_prompt(prompts.add_prompt(one, "two").id) == 0);
    CHECK(OptimizationRepository{s}.exists(run));  // it may be the twin's
    projects.soft_delete(twin);
    CHECK(prompts.delete_prompt(prompts.add_prompt(one, "two").id) == 1);
  });
}

TEST_CASE("ProjectRepository.delete_project_data: prompts and optimizations of the folder and of all below it") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    app::projects const projects{s};
    auto const root = projects.create({.name = "root"}).id;
    auto const below = projects.create({.name = "below", .parent_id = root}).id;
    auto const deep = projects.create({.name = "deep", .parent_id = below}).id;
    auto const beside = projects.create({.name = "beside"}).id;
    auto const kept_prompt = prompts.add_prompt(beside, "a").id;
    auto const in_root = prompts.add_prompt(root, "a").id;
    prompts.update_prompt(in_root, {.content = "b"});
    linked(s, in_root);
    linked(s, prompts.add_prompt(deep, "c").id);
    unlinked(s, "root", "anything");
    unlinked(s, "deep", "");
    auto const kept = {linked(s, kept_prompt), unlinked(s, "beside", "a"), unlinked(s, "nobody", "a")};

    CHECK(projects.delete_project_data(root) == 4);
    CHECK(PromptRepository{s}.count() == 1);
    CHECK(PromptVersionRepository{s}.count() == 0);
    CHECK(OptimizationRepository{s}.count() == 3);
    for (auto const& run : kept) CHECK(OptimizationRepository{s}.exists(run));
    CHECK(projects.get_by_id(root)->status == project_status::active);  // left to soft_delete()
    CHECK(projects.get_by_id(below)->status == project_status::deleted);
    CHECK(projects.get_by_id(deep)->status == project_status::deleted);
    CHECK(projects.get_by_id(beside)->status == project_status::active);
    CHECK(projects.delete_project_data(root) == 0);
    projects.soft_delete(root);
    CHECK(refusal_of([&] { projects.delete_project_data(root); }) == app::refusal::not_found);
  });
}

TEST_CASE("ProjectRepository.delete_project_data: unlinked rows of a name that lives elsewhere stay") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "root"}).id;
    projects.create({.name = "Notes", .parent_id = root});
    auto const elsewhere = projects.create({.name = "Notes"}).id;
    auto const run = unlinked(s, "Notes", "a");
    CHECK(projects.delete_project_data(root) == 0);
    CHECK(OptimizationRepository{s}.exists(run));
    CHECK(projects.delete_project_data(elsewhere) == 1);  // the other one is deleted now
  });
}

TEST_CASE("deleted projects are removed for good by purge_deleted(), with their links") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const gone = projects.create({.name = "gone"}).id;
    auto const kept = projects.create({.name = "kept"}).id;
    for (auto const& id : {gone, kept})
      app::workspaces{s}.create_link({.project_id = id, .repo_full_name = "a/b", .repo_url = "u"});
    auto const prompt = app::prompts{s}.add_prompt(gone, "a").id;
    projects.soft_delete(gone);
    CHECK(ProjectRepository{s}.purge_deleted() == 1);
    CHECK_FALSE(projects.get_by_id(gone));
    CHECK(projects.get_by_id(kept));
    auto const links = app::workspaces{s}.list_links();
    REQUIRE(links.size() == 1);
    CHECK(links[0].project_id == kept);
    CHECK_FALSE(app::prompts{s}.get_prompt_by_id(prompt)->project_id);  // on the desktop
  });
}

TEST_CASE("ProjectRepository.delete_project_data: what a deleted folder hides is left as it is") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "root"}).id;
    auto const gone = projects.create({.name = "gone", .parent_id = root}).id;
    app::prompts{s}.add_prompt(gone, "a");
    projects.soft_delete(gone);
    CHECK(projects.delete_project_data(root) == 0);
    CHECK(PromptRepository{s}.count() == 1);
  });
}
