// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <atomic>
#include <projects.hpp>
#include <promptforge/projects_repository.hpp>
#include <promptforge/prompts_repository.hpp>
#include <prompts.hpp>
#include <set>
#include <thread>

using namespace promptforge;
using forge_db::timestamp;

TEST_CASE("ensure_project_by_name: makes an active root, finds it again, and nothing for a blank name") {
  tests::system_database db;
  db->write([](auto& s) {
    CHECK_FALSE(app::ensure_project_by_name(s, ""));
    CHECK_FALSE(app::ensure_project_by_name(s, " \t\u00a0\n"));
    auto const made = app::ensure_project_by_name(s, "  Alpha\n");
    REQUIRE(made);
    CHECK(made->status == project_status::active);
    auto const row = *app::projects{s}.get_by_id(made->id);
    CHECK(row.name == "Alpha");
    CHECK_FALSE(row.parent_id);
    CHECK(app::ensure_project_by_name(s, "Alpha")->id == made->id);
    CHECK(app::projects{s}.get_by_id(made->id)->updated_at == row.updated_at);  // unchanged
    CHECK(app::ensure_project_by_name(s, "alpha")->id != made->id);
  });
}

TEST_CASE("ensure_project_by_name: of the roots only; archived ones stay so, deleted ones become active") {
  tests::system_database db;
  db->write([](auto& s) {
    app::projects const projects{s};
    auto const root = projects.create({.name = "root"});
    auto const nested = projects.create({.name = "Alpha", .parent_id = root.id});
    auto const alpha = app::ensure_project_by_name(s, "Alpha");
    CHECK(alpha->id != nested.id);
    projects.archive(alpha->id);
    CHECK(app::ensure_project_by_name(s, "Alpha")->status == project_status::archived);
    projects.soft_delete(alpha->id);
    auto const old = timestamp::from_unix_us(1);
    s.execute(forge_db::update<Project>()
                  .set(promptforge::projects::updated_at = old)
                  .where(promptforge::projects::id == alpha->id));
    auto const again = app::ensure_project_by_name(s, "Alpha");
    CHECK(again->id == alpha->id);
    CHECK(again->status == project_status::active);
    CHECK(projects.get_by_id(alpha->id)->updated_at > old);
  });
}

TEST_CASE("ensure_project_by_name: of many threads at once, one makes it") {
  tests::system_database db;
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      try {
        db->write([](auto& s) {
          auto const project = app::ensure_project_by_name(s, "Alpha");
          app::ensure_prompt_in_project(s, project->id, "Write");
        });
      } catch (std::exception const&) {
        ++failed;
      }
    });
  }
  for (auto& each : threads) each.join();
  CHECK(failed == 0);
  db->read([](auto& s) {
    CHECK(ProjectRepository{s}.count() == 1);
    CHECK(PromptRepository{s}.count() == 1);
  });
}

TEST_CASE("ensure_prompt_in_project: the same content, or one that differs in whitespace, as it is") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const project = app::ensure_project_by_name(s, "Alpha")->id;
    auto const other = app::ensure_project_by_name(s, "Beta")->id;
    CHECK_FALSE(app::ensure_prompt_in_project(s, project, ""));
    auto const first = app::ensure_prompt_in_project(s, project, "Write a  poem");
    REQUIRE(first);
    CHECK(PromptRepository{s}.get(*first).order_index == 0);
    CHECK(PromptRepository{s}.get(*first).version == 1);
    for (char const* same : {"Write a  poem", "Write a poem", "\tWrite\r\n\r\n   a\u3000poem ", "Write\u00a0a poem"}) {
      CAPTURE(same);
      CHECK(app::ensure_prompt_in_project(s, project, same) == first);
    }
    CHECK(PromptRepository{s}.get(*first).content == "Write a  poem");
    auto const second = app::ensure_prompt_in_project(s, project, "Write a Poem");
    CHECK(second != first);
    CHECK(PromptRepository{s}.get(*second).order_index == 1);
    auto const elsewhere = app::ensure_prompt_in_project(s, other, "Write a poem");
    CHECK(PromptRepository{s}.get(*elsewhere).order_index == 0);
    CHECK_THROWS_AS(app::ensure_prompt_in_project(s, ProjectId{forge_db::uuid_v4()}, "x"),
                    forge_db::constraint_violation);
  });
}

TEST_CASE("ensure_prompt_in_project: an equal content before a like one, the first by position, beyond 100 prompts") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const project = app::ensure_project_by_name(s, "Alpha")->id;
    std::vector<NewPrompt> rows;
    for (int i = 0; i < 150; ++i)
      rows.push_back({.content = "text " + std::to_string(i), .project_id = project, .order_index = i});
    rows.push_back({.content = "last  one", .project_id = project, .order_index = 152});
    rows.push_back({.content = "last   one", .project_id = project, .order_index = 151});
    PromptRepository{s}.insert_many(rows);
    auto const content = [&](std::string const& text) {
      return PromptRepository{s}.get(*app::ensure_prompt_in_project(s, project, text)).content;
    };
    CHECK(content("last one") == "last   one");
    CHECK(content("last  one") == "last  one");
    CHECK(PromptRepository{s}.count() == 152);
    CHECK(content("new") == "new");
    CHECK(PromptRepository{s}
              .list({.project_id = project}, PromptSort::order_index, forge_db::direction::descending)
              .rows[0]
              .order_index == 153);
  });
}
