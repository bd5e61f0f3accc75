// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/promptforge/refusal_of.hpp"
#include "systems/system_database.hpp"

#include <forge_db/repository/many.hpp>
#include <projects.hpp>
#include <promptforge/optimizations_repository.hpp>
#include <promptforge/prompts_repository.hpp>
#include <prompts.hpp>

using namespace promptforge;
using app::refusal;
using forge_db::timestamp;
using tests::refusal_of;

namespace {

PromptId unknown_prompt() { return PromptId{forge_db::uuid_v4()}; }

}  // namespace

TEST_CASE("ProjectRepository.get_prompt_by_id: the row or nothing") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const id = PromptRepository{s}.insert({.content = "Write"}).id;
    CHECK(app::prompts{s}.get_prompt_by_id(id)->content == "Write");
    CHECK_FALSE(app::prompts{s}.get_prompt_by_id(unknown_prompt()));
  });
}

TEST_CASE("ProjectRepository.get_prompt_count: of one project") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const project = app::projects{s}.create({.name = "Alpha"}).id;
    app::prompts const prompts{s};
    CHECK(prompts.get_prompt_count(project) == 0);
    prompts.add_prompt(project, "a");
    prompts.add_prompt(project, "a");
    PromptRepository{s}.insert({.content = "on the desktop"});
    CHECK(prompts.get_prompt_count(project) == 2);
  });
}

TEST_CASE("ProjectRepository.get_prompt_counts: every id that was asked for, also those without prompts") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    auto const one = app::projects{s}.create({.name = "one"}).id;
    auto const none = app::projects{s}.create({.name = "none"}).id;
    auto const other = app::projects{s}.create({.name = "other"}).id;
    prompts.add_prompt(one, "a");
    prompts.add_prompt(other, "b");
    CHECK(prompts.get_prompt_counts({}).empty());
    auto const counts = prompts.get_prompt_counts(std::vector{one, none, one});
    CHECK(counts.size() == 2);
    CHECK(counts.at(one) == 1);
    CHECK(counts.at(none) == 0);
  });
}

TEST_CASE("ProjectRepository.add_prompt: at the end, also the same content again; the project's time is now") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const old = timestamp::from_unix_us(1);
    auto const project = app::projects{s}.create({.name = "Alpha", .updated_at = old});
    app::prompts const prompts{s};
    CHECK(prompts.add_prompt(project.id, "a").order_index == 0);
    CHECK(app::projects{s}.get_by_id(project.id)->updated_at > old);
    PromptRepository{s}.insert({.content = "b", .project_id = project.id, .order_index = 7});
    auto const last = prompts.add_prompt(project.id, "a");
    CHECK(last.order_index == 8);
    CHECK(last.version == 1);
    CHECK(last.project_id == project.id);
    CHECK(refusal_of([&] { prompts.add_prompt(ProjectId{forge_db::uuid_v4()}, "x"); }) == refusal::target_not_found);
    app::projects{s}.soft_delete(project.id);
    CHECK(refusal_of([&] { prompts.add_prompt(project.id, "x"); }) == refusal::target_not_found);
  });
}

TEST_CASE("ProjectRepository.update_prompt: a new content is a version, with the optimization that it came from") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    auto const old = timestamp::from_unix_us(1);
    auto const id = PromptRepository{s}.insert({.content = "one", .updated_at = old}).id;
    auto const run = OptimizationRepository{s}.insert({.raw_prompt = "one"}).id;
    auto row = prompts.update_prompt(id, {.content = "two", .optimization_id = run});
    CHECK(row.content == "two");
    CHECK(row.version == 2);
    CHECK(row.updated_at > old);
    row = prompts.update_prompt(id, {.content = "three"});
    CHECK(row.version == 3);
    auto const former = prompts.get_prompt_versions(id);
    REQUIRE(former.rows.size() == 2);
    CHECK(former.rows[0].version == 2);
    CHECK(former.rows[0].content == "two");
    CHECK_FALSE(former.rows[0].optimization_id);
    CHECK(former.rows[1].content == "one");
    CHECK(former.rows[1].optimization_id == run);
  });
}

TEST_CASE("ProjectRepository.update_prompt: none and the same content make no version; the time is set always") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    auto const old = timestamp::from_unix_us(1);
    auto const id = PromptRepository{s}.insert({.content = "one", .updated_at = old}).id;
    auto const run = OptimizationRepository{s}.insert({.raw_prompt = "one"}).id;
    CHECK(prompts.update_prompt(id, {}).updated_at > old);
    PromptRepository{s}.update(id, {.updated_at = old});
    auto const row = prompts.update_prompt(id, {.content = "one", .optimization_id = run});
    CHECK(row.version == 1);
    CHECK(row.updated_at > old);
    CHECK(prompts.get_prompt_versions(id).total == 0);
    CHECK(refusal_of([&] { prompts.update_prompt(unknown_prompt(), {.content = "x"}); }) == refusal::not_found);
    CHECK(prompts.update_prompt(id, {.content = "two", .expected_version = 1}).version == 2);
    CHECK_THROWS_AS(prompts.update_prompt(id, {.content = "x", .expected_version = 1}), forge_db::stale_row);
    CHECK(prompts.get_prompt_by_id(id)->content == "two");
  });
}

TEST_CASE("ProjectRepository.get_prompt_versions: the latest first, by limit and offset, with their number") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    auto const id = PromptRepository{s}.insert({.content = "1"}).id;
    for (int i = 2; i <= 26; ++i) prompts.update_prompt(id, {.content = std::to_string(i)});
    auto const numbers = [&](auto const& found) {
      std::vector<int> versions;
      for (auto const& row : found.rows) versions.push_back(row.version);
      return versions;
    };
    auto const first = prompts.get_prompt_versions(id);
    CHECK(first.total == 25);
    CHECK(first.rows.size() == 20);
    CHECK(first.rows[0].version == 25);
    CHECK(numbers(prompts.get_prompt_versions(id, 3, 7)) == std::vector{18, 17, 16});
    CHECK(numbers(prompts.get_prompt_versions(id, 3, 24)) == std::vector{1});
    CHECK(prompts.get_prompt_versions(id, 3, 25).rows.empty());
    CHECK(prompts.get_prompt_versions(unknown_prompt()).total == 0);
    for (auto const& [limit, offset] : {std::pair(0, 0), {-1, 0}, {10'001, 0}, {20, -1}})
      CHECK_THROWS_AS(prompts.get_prompt_versions(id, limit, offset), forge_db::invalid_value);
  });
}

TEST_CASE("ProjectRepository.reorder_prompts: positions as asked for; unknown, repeated and missing ids are refused") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    auto const project = app::projects{s}.create({.name = "Alpha"}).id;
    auto const a = prompts.add_prompt(project, "a").id;
    auto const b = prompts.add_prompt(project, "b").id;
    auto const c = prompts.add_prompt(project, "c").id;
    auto const rows = prompts.reorder_prompts(project, std::vector{c, a, b});
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].id == c);
    CHECK(rows[1].id == a);
    CHECK(rows[2].id == b);
    for (int i = 0; i < 3; ++i) CHECK(rows[static_cast<std::size_t>(i)].order_index == i);
    auto const why = [&](std::vector<PromptId> const& ids) {
      return refusal_of([&] { prompts.reorder_prompts(project, ids); });
    };
    CHECK(why({a, b, c, unknown_prompt()}) == refusal::unknown_ids);
    CHECK(why({a, a, unknown_prompt()}) == refusal::unknown_ids);
    CHECK(why({a, a}) == refusal::repeated_ids);
    CHECK(why({a, b, c, a}) == refusal::repeated_ids);
    CHECK(why({a, b}) == refusal::missing_ids);
    CHECK(prompts.get_prompt_by_id(c)->order_index == 0);
    auto const empty = app::projects{s}.create({.name = "empty"}).id;
    CHECK(prompts.reorder_prompts(empty, {}).empty());
    CHECK(refusal_of([&] { prompts.reorder_prompts(empty, std::vector{a}); }) == refusal::unknown_ids);
  });
}

TEST_CASE("ProjectRepository.move_prompt: to the end of a project or the desktop") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    app::projects const projects{s};
    auto const from = projects.create({.name = "from"}).id;
    auto const to = projects.create({.name = "to"}).id;
    auto const old = timestamp::from_unix_us(1);
    auto const id = PromptRepository{s}.insert({.content = "x", .project_id = from, .updated_at = old}).id;
    prompts.add_prompt(to, "a");
    prompts.add_prompt(to, "b");
    auto const row = prompts.move_prompt(id, to);
    CHECK(row.project_id == to);
    CHECK(row.order_index == 2);
    CHECK(row.updated_at > old);
    CHECK(prompts.move_prompt(id, to).order_index == 2);  // where it is already
    PromptRepository{s}.insert({.content = "desk", .order_index = 4});
    auto const desk = prompts.move_prompt(id, std::nullopt);
    CHECK_FALSE(desk.project_id);
    CHECK(desk.order_index == 5);
    CHECK(refusal_of([&] { prompts.move_prompt(unknown_prompt(), to); }) == refusal::not_found);
    CHECK(refusal_of([&] { prompts.move_prompt(id, ProjectId{forge_db::uuid_v4()}); }) == refusal::target_not_found);
    projects.archive(to);
    CHECK(prompts.move_prompt(id, to).project_id == to);
    projects.soft_delete(from);
    CHECK(refusal_of([&] { prompts.move_prompt(id, from); }) == refusal::target_not_found);
  });
}

TEST_CASE("ProjectRepository.move_prompt: its optimizations go along, but for those of another name") {
  tests::system_database db;
  db->write([](auto& s) {
    app::prompts const prompts{s};
    app::projects const projects{s};
    OptimizationRepository const runs{s};
    auto const from = projects.create({.name = "from"}).id;
    auto const to = projects.create({.name = "to"}).id;
    auto const id = prompts.add_prompt(from, "x").id;
    auto const run = runs.insert({.raw_prompt = "x", .project = "from", .prompt_id = id}).id;
    auto const other = runs.insert({.raw_prompt = "x", .project = "elsewhere", .prompt_id = id}).id;
    auto const loose = runs.insert({.raw_prompt = "x", .project = "from"}).id;
    prompts.move_prompt(id, to);
    CHECK(runs.get(run).project == "to");
    CHECK(runs.get(other).project == "elsewhere");
    CHECK(runs.get(loose).project == "from");
    prompts.move_prompt(id, std::nullopt);
    CHECK_FALSE(runs.get(run).project);
    prompts.move_prompt(id, from);
    CHECK(runs.get(run).project == "from");
  });
}

TEST_CASE("prompts are read in a session that cannot write") {
  tests::system_database db;
  auto const project = db->write([](auto& s) {
    auto const id = app::projects{s}.create({.name = "Alpha"}).id;
    app::prompts{s}.add_prompt(id, "a");
    return id;
  });
  db->read([&](auto& s) {
    CHECK(app::prompts{s}.get_prompt_count(project) == 1);
    CHECK(app::projects{s}.get_children(project).prompts.size() == 1);
  });
}
