// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <forge_db/forge_db.hpp>

#include <promptforge/repositories.hpp>
#include <string>
#include <vector>

using namespace forge_db;
using namespace promptforge;

TEST_CASE("rows of all PromptForge tables come back as they went in, with the defaults of the spec") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const project = tests::round_trip(ProjectRepository{s}, NewProject{.name = "Alpha"});
    CHECK(project.status == project_status::active);
    CHECK(project.depth == 0);
    auto const prompt = tests::round_trip(PromptRepository{s}, NewPrompt{.content = "Write", .project_id = project.id});
    CHECK(prompt.version == 1);
    CHECK(prompt.order_index == 0);
    auto const run = tests::round_trip(
        OptimizationRepository{s}, NewOptimization{.raw_prompt = "Write",
                                                   .weaknesses = std::vector<std::string>{"vague", "日本"},
                                                   .overall_score = 0.1,
                                                   .is_improvement = true,
                                                   .project = "Alpha",
                                                   .prompt_id = prompt.id,
                                                   .codebase_context_snapshot = json::parse(R"({"language": "C++"})"),
                                                   .retry_of = uuid_v4()});
    CHECK(run.status == optimization_status::pending);
    CHECK_FALSE(run.strengths.has_value());
    auto const superseded = tests::round_trip(
        PromptVersionRepository{s},
        NewPromptVersion{.prompt_id = prompt.id, .version = 1, .content = "Old", .optimization_id = run.id});
    CHECK(superseded.optimization_id == run.id);
    auto const connection = tests::round_trip(
        GithubConnectionRepository{s},
        NewGithubConnection{.github_user_id = "42", .github_username = "octo", .access_token_encrypted = "gAAA"});
    CHECK(connection.token_valid);
    auto const link = tests::round_trip(WorkspaceLinkRepository{s},
                                        NewWorkspaceLink{.project_id = project.id,
                                                         .github_connection_id = connection.id,
                                                         .repo_full_name = "octo/repo",
                                                         .repo_url = "https://github.com/octo/repo",
                                                         .sync_source = workspace_sync_source::claude_code});
    CHECK(link.default_branch == "main");
    CHECK(link.sync_status == workspace_sync_status::pending);
    CHECK(to_text(link.sync_source) == "claude-code");
    auto const config = tests::round_trip(GithubOauthConfigRepository{s},
                                          NewGithubOauthConfig{.client_id = "Iv1", .client_secret_encrypted = "gAAB"});
    CHECK(config.redirect_uri == "http://localhost:8000/api/apps/promptforge/github/callback");
    CHECK(config.scope == "repo");
  });
}

TEST_CASE("keys of the PromptForge tables cascade and clear as declared") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const project = ProjectRepository{s}.insert({.name = "Alpha"});
    auto const child = ProjectRepository{s}.insert({.name = "Below", .parent_id = project.id, .depth = 1});
    auto const prompt = PromptRepository{s}.insert({.content = "Write", .project_id = project.id});
    auto const run = OptimizationRepository{s}.insert({.raw_prompt = "Write", .prompt_id = prompt.id});
    PromptVersionRepository{s}.insert({.prompt_id = prompt.id, .version = 1, .content = "Old"});
    WorkspaceLinkRepository{s}.insert({.project_id = project.id, .repo_full_name = "a/b", .repo_url = "u"});

    CHECK(ProjectRepository{s}.remove(project.id));
    CHECK(PromptRepository{s}.get(prompt.id).project_id == project.id);  // marked only
    CHECK(ProjectRepository{s}.purge(project.id));
    CHECK_FALSE(ProjectRepository{s}.with_deleted().exists(child.id));
    CHECK(WorkspaceLinkRepository{s}.count() == 0);
    CHECK_FALSE(PromptRepository{s}.get(prompt.id).project_id.has_value());  // on the desktop now

    CHECK(PromptRepository{s}.remove(prompt.id));
    CHECK(PromptVersionRepository{s}.count() == 0);
    CHECK_FALSE(OptimizationRepository{s}.get(run.id).prompt_id.has_value());
  });
}

TEST_CASE("root projects have unique names, and so have the children of one project") {
  tests::system_database db;
  db->write([](auto& s) {
    ProjectRepository projects{s};
    auto const root = projects.insert({.name = "Alpha", .status = project_status::deleted});
    CHECK_THROWS_AS(projects.insert({.name = "Alpha"}), constraint_violation);
    auto const living = projects.insert({.name = "Beta"});
    CHECK(projects.insert({.name = "Alpha", .parent_id = living.id}).depth == 1);
    CHECK_THROWS_AS(projects.insert({.name = "Alpha", .parent_id = living.id}), constraint_violation);
    CHECK_THROWS_AS(projects.insert({.name = "Below", .parent_id = root.id}), not_found);  // a deleted one
  });
}

TEST_CASE("lists of optimizations are narrowed, searched, ordered and paged") {
  tests::system_database db;
  db->write([](auto& s) {
    OptimizationRepository runs{s};
    for (int i = 0; i < 45; ++i) {
      runs.insert({.created_at = timestamp::from_unix_us(i),
                   .raw_prompt = i % 3 == 0 ? "Write a POEM" : "Fix the bug",
                   .overall_score = i % 5 == 0 ? std::optional<double>{} : i / 100.0,
                   .status = i % 2 == 0 ? optimization_status::completed : optimization_status::error,
                   .project = i < 30 ? "Alpha" : "Beta",
                   .tags = std::vector<std::string>{i % 9 == 0 ? "urgent" : "draft"}});
    }
    auto const page = runs.list();
    CHECK(page.total == 45);
    CHECK(page.rows.size() == 20);
    CHECK(page.rows.front().created_at == timestamp::from_unix_us(44));
    auto const last = runs.list({}, OptimizationSort::created_at, direction::ascending, {.page = 3, .per_page = 20});
    CHECK(last.rows.size() == 5);
    CHECK(last.rows.back().created_at == timestamp::from_unix_us(44));

    CHECK(runs.count({.project = "Alpha"}) == 30);
    CHECK(runs.count({.status = optimization_status::completed}) == 23);
    CHECK(runs.count({.search = "poem"}) == 15);
    CHECK(runs.count({.search = "%"}) == 0);
    CHECK(runs.count({.tags = "urgent"}) == 5);
    CHECK(runs.count({.overall_score = {.from = 0.1, .to = 0.2}}) == 8);
    CHECK(runs.count(
              {.project = "Alpha", .status = optimization_status::completed, .tags = "urgent", .search = "poem"}) == 2);
    CHECK(runs.list({}, OptimizationSort::overall_score, direction::descending).rows.front().overall_score == 0.44);
  });
}

TEST_CASE("lists of projects leave out deleted ones when asked to, and show one level") {
  tests::system_database db;
  db->write([](auto& s) {
    ProjectRepository projects{s};
    auto const alpha = projects.insert({.name = "Alpha", .description = "all about poems"});
    projects.insert({.name = "Beta", .status = project_status::deleted});
    projects.insert({.name = "Gamma", .status = project_status::archived});
    projects.insert({.name = "Below", .parent_id = alpha.id, .depth = 1});
    CHECK(projects.count({.status_not = project_status::deleted}) == 3);
    CHECK(projects.count({.status = project_status::archived}) == 1);
    CHECK(projects.count({.parent_id_is_null = true}) == 2);
    CHECK(projects.with_deleted().count({.parent_id_is_null = true}) == 3);
    CHECK(projects.count({.parent_id = alpha.id}) == 1);
    CHECK(projects.count({.search = "POEMS"}) == 1);
  });
}
