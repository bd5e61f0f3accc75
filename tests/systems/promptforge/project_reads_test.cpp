// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <projects.hpp>
#include <promptforge/prompts_repository.hpp>

using namespace promptforge;
using forge_db::timestamp;

namespace {

template <class Rows>
std::vector<std::string> names_of(Rows const& rows) {
  std::vector<std::string> names;
  for (auto const& row : rows) names.push_back(row.name);
  return names;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("ProjectRepository.get_by_id: of any status, with prompts by position when they are asked for") {
  tests::system_database db;
  auto const id = db->write([](auto& s) {
    app::projects const projects{s};
    auto const made = projects.create({.name = "Alpha"}).id;
    PromptRepository{s}.insert({.content = "second", .project_id = made, .order_index = 1});
    PromptRepository{s}.insert({.content = "first", .project_id = made, .order_index = 0});
    PromptRepository{s}.insert({.content = "elsewhere"});
    projects.soft_delete(made);
    return made;
  });
  db->read([&](auto& s) {
    app::projects const projects{s};
    CHECK(projects.get_by_id(id)->status == project_status::deleted);
    CHECK_FALSE(projects.get_by_id(ProjectId{forge_db::uuid_v4()}));
    auto const found = projects.get_with_prompts(id);
    REQUIRE(found);
    auto const& prompts = (*found)[promptforge::projects::prompts];
    REQUIRE(prompts.size() == 2);
    CHECK(prompts[0].content == "first");
    CHECK(prompts[1].content == "second");
    CHECK_FALSE(projects.get_with_prompts(ProjectId{forge_db::uuid_v4()}));
  });
}

TEST_CASE("ProjectRepository.get_by_name: of the roots, of any status") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "Alpha"});
    projects.create({.name = "Below", .parent_id = root.id});
    CHECK(projects.get_by_name("Alpha")->id == root.id);
    CHECK_FALSE(projects.get_by_name("Below"));
    CHECK_FALSE(projects.get_by_name("alpha"));
    projects.soft_delete(root.id);
    CHECK(projects.get_by_name("Alpha")->id == root.id);
    auto const second = projects.create({.name = "Alpha"});  // one row has the name at any time
    CHECK(projects.get_by_name("Alpha")->id == second.id);
  });
}

TEST_CASE("ProjectRepository.get_context_by_name: the profile, with the description where it has none") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    CHECK_FALSE(projects.get_context_by_name("Alpha"));
    auto const root = projects.create({.name = "Alpha"});
    CHECK_FALSE(projects.get_context_by_name("Alpha"));
    projects.update(root.id, {.description = "About"});
    app::context want;
    want.description = "About";
    CHECK(projects.get_context_by_name("Alpha") == want);
    app::context profile;
    profile.language = want.language = "C++";
    projects.update(root.id, {.profile = profile});
    CHECK(projects.get_context_by_name("Alpha") == want);
    profile.description = want.description = "Of the profile";
    projects.update(root.id, {.profile = profile});
    CHECK(projects.get_context_by_name("Alpha") == want);
  });
}

TEST_CASE("ProjectRepository.get_context_by_name: at any depth, not deleted, the last changed") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    ProjectRepository const rows{s};
    auto const root = projects.create({.name = "Root"});
    auto add = [&](std::string description, std::optional<ProjectId> parent, int second) {
      return rows
          .insert({.name = "Twin",
                   .description = std::move(description),
                   .parent_id = parent,
                   .updated_at = timestamp::from_unix_us(second * 1'000'000)})
          .id;
    };
    add("old root", std::nullopt, 1);
    auto const nested = add("new nested", root.id, 2);
    CHECK(projects.get_context_by_name("Twin")->description == "new nested");
    projects.soft_delete(nested);
    CHECK(projects.get_context_by_name("Twin")->description == "old root");
  });
}

TEST_CASE("ProjectRepository.list: by status, by text, sorted, in pages") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    ProjectRepository const rows{s};
    auto add = [&](std::string name, std::string description, project_status status, int second) {
      auto const at = timestamp::from_unix_us(second * 1'000'000);
      auto const updated = timestamp::from_unix_us((10 - second) * 1'000'000);
      rows.insert({.name = std::move(name),
                   .description = std::move(description),
                   .status = status,
                   .created_at = at,
                   .updated_at = updated});
    };
    add("b", "100% of it", project_status::active, 1);
    add("c", "snake_case", project_status::archived, 2);
    add("a", "a POEM", project_status::active, 3);
    add("gone", "a poem", project_status::deleted, 4);

    auto const all = projects.list();
    CHECK(all.total == 3);
    CHECK(names_of(all.rows) == texts{"a", "c", "b"});  // created_at, the latest first
    CHECK(names_of(projects.list({.status = project_status::deleted}).rows) == texts{"gone"});
    CHECK(names_of(projects.list({.status = project_status::archived}).rows) == texts{"c"});
    CHECK(names_of(projects.list({.search = "pOeM"}).rows) == texts{"a"});
    CHECK(names_of(projects.list({.search = "%"}).rows) == texts{"b"});  // no wildcards
    CHECK(names_of(projects.list({.search = "_"}).rows) == texts{"c"});
    CHECK(projects.list({.search = "\\"}).total == 0);

    using forge_db::direction;
    CHECK(names_of(projects.list({}, ProjectSort::name, direction::ascending).rows) == texts{"a", "b", "c"});
    CHECK(names_of(projects.list({}, ProjectSort::updated_at).rows) == texts{"b", "c", "a"});
    auto const second = projects.list({}, ProjectSort::name, direction::ascending, {.page = 2, .per_page = 2});
    CHECK(names_of(second.rows) == texts{"c"});
    CHECK(second.total == 3);
    CHECK_THROWS_AS(projects.list({}, ProjectSort::name, direction::ascending, {.per_page = 101}),
                    forge_db::invalid_value);
  });
  CHECK(app::project_sort("updated_at") == ProjectSort::updated_at);
  CHECK(app::project_sort("name") == ProjectSort::name);
  CHECK(app::project_sort("created_at") == ProjectSort::created_at);
  CHECK(app::project_sort("id; drop table projects") == ProjectSort::created_at);
}

TEST_CASE("ProjectRepository.get_children: folders by name and prompts by position, of a folder or of the desktop") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "root"});
    projects.create({.name = "z", .parent_id = root.id});
    projects.create({.name = "a", .parent_id = root.id});
    projects.soft_delete(projects.create({.name = "gone", .parent_id = root.id}).id);
    PromptRepository const prompts{s};
    prompts.insert({.content = "2", .project_id = root.id, .order_index = 2});
    prompts.insert({.content = "1", .project_id = root.id, .order_index = 1});
    prompts.insert({.content = "desk"});

    auto const inside = projects.get_children(root.id);
    CHECK(names_of(inside.folders) == texts{"a", "z"});
    REQUIRE(inside.prompts.size() == 2);
    CHECK(inside.prompts[0].content == "1");
    auto const desktop = projects.get_children(std::nullopt);
    CHECK(names_of(desktop.folders) == texts{"root"});
    REQUIRE(desktop.prompts.size() == 1);
    CHECK(desktop.prompts[0].content == "desk");
  });
}

TEST_CASE("ProjectRepository.get_subtree: level by level, by name, without what a deleted folder hides") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "root"});
    auto const b = projects.create({.name = "b", .parent_id = root.id});
    projects.create({.name = "a", .parent_id = root.id});
    auto const deep = projects.create({.name = "deep", .parent_id = b.id});
    projects.create({.name = "deeper", .parent_id = deep.id});
    auto const names = [&](auto const& nodes) {
      texts found;
      for (auto const& node : nodes) found.push_back(std::to_string(node.level) + node.row.name);
      return found;
    };
    CHECK(names(projects.get_subtree(root.id)) == texts{"0root", "1a", "1b", "2deep", "3deeper"});
    CHECK(names(projects.get_subtree(root.id, 1)) == texts{"0root", "1a", "1b"});
    CHECK(names(projects.get_subtree(b.id, 0)) == texts{"0b"});
    projects.soft_delete(deep.id);
    CHECK(names(projects.get_subtree(root.id)) == texts{"0root", "1a", "1b"});
    CHECK(projects.get_subtree(deep.id).empty());
  });
}

TEST_CASE("ProjectRepository.get_path: from the root to the row, of any status; nothing for an unknown id") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "root"});
    auto const middle = projects.create({.name = "middle", .parent_id = root.id});
    auto const leaf = projects.create({.name = "leaf", .parent_id = middle.id});
    projects.soft_delete(leaf.id);
    projects.soft_delete(middle.id);
    CHECK(names_of(projects.get_path(leaf.id)) == texts{"root", "middle", "leaf"});
    CHECK(projects.get_path(ProjectId{forge_db::uuid_v4()}).empty());
    s.execute(forge_db::update<Project>()
                  .set(promptforge::projects::parent_id = leaf.id)
                  .where(promptforge::projects::id == root.id));
    CHECK_THROWS_AS(projects.get_path(leaf.id), forge_db::corrupt);  // another program's doing
  });
}
