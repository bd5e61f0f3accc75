// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/promptforge/refusal_of.hpp"
#include "systems/system_database.hpp"

#include <promptforge/projects_repository.hpp>
#include <promptforge/workspace_links_repository.hpp>
#include <workspaces.hpp>

using namespace promptforge;
using forge_db::timestamp;
using namespace std::chrono_literals;

namespace {

timestamp second(int number) { return timestamp::from_unix_us(number * 1'000'000); }

/// A link of a new project, which was changed at that second.
WorkspaceLink linked(forge_db::sqlite::write_session& s, std::string name, int changed = 1,
                     std::optional<ProjectId> parent = {}) {
  auto const project = ProjectRepository{s}.insert({.name = std::move(name), .parent_id = parent}).id;
  return app::workspaces{s}.create_link(
      {.project_id = project, .repo_full_name = "octo/repo", .repo_url = "u", .updated_at = second(changed)});
}
app::context speaks(std::string language) {
  app::context made;
  made.language = std::move(language);
  return made;
}
WorkspaceLinkId nobody() { return WorkspaceLinkId{forge_db::uuid_v4()}; }

}  // namespace

TEST_CASE("WorkspaceRepository.create_link: one of a project, with the defaults") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const link = linked(s, "Alpha");
    CHECK(link.default_branch == "main");
    CHECK(link.sync_source == workspace_sync_source::github);
    CHECK(link.sync_status == workspace_sync_status::pending);
    CHECK_FALSE(link.github_connection_id);
    app::workspaces const workspaces{s};
    CHECK_THROWS_AS(workspaces.create_link({.project_id = link.project_id, .repo_full_name = "c/d", .repo_url = "v"}),
                    forge_db::constraint_violation);
    CHECK_THROWS_AS(workspaces.create_link(
                        {.project_id = ProjectId{forge_db::uuid_v4()}, .repo_full_name = "c/d", .repo_url = "v"}),
                    forge_db::constraint_violation);
    auto const project = ProjectRepository{s}.insert({.name = "Beta"}).id;
    auto const given = workspaces.create_link({.project_id = project,
                                               .repo_full_name = "c/d",
                                               .repo_url = "v",
                                               .default_branch = "trunk",
                                               .sync_source = workspace_sync_source::claude_code});
    CHECK(given.default_branch == "trunk");
    CHECK(given.sync_source == workspace_sync_source::claude_code);
  });
}

TEST_CASE("WorkspaceRepository.delete_link: whether there was one") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const link = linked(s, "Alpha");
    CHECK(app::workspaces{s}.delete_link(link.id));
    CHECK_FALSE(app::workspaces{s}.delete_link(link.id));
    CHECK(ProjectRepository{s}.exists(link.project_id));
  });
}

TEST_CASE("WorkspaceRepository.get_link_by_id: the row or nothing") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const link = linked(s, "Alpha");
    CHECK(app::workspaces{s}.get_link_by_id(link.id)->project_id == link.project_id);
    CHECK_FALSE(app::workspaces{s}.get_link_by_id(nobody()));
  });
}

TEST_CASE("WorkspaceRepository.get_link_by_project_id: also of a deleted project") {
  tests::system_database db;
  db->write([](auto& s) {
    auto const link = linked(s, "Alpha");
    ProjectRepository{s}.remove(link.project_id);
    CHECK(app::workspaces{s}.get_link_by_project_id(link.project_id)->id == link.id);
    CHECK_FALSE(app::workspaces{s}.get_link_by_project_id(ProjectId{forge_db::uuid_v4()}));
  });
}

TEST_CASE("WorkspaceRepository.get_link_by_project_name: of projects that are not deleted, the last changed") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto const root = linked(s, "root");
    auto const older = linked(s, "Alpha", 2);
    auto const newer = linked(s, "Alpha", 3, root.project_id);
    CHECK(workspaces.get_link_by_project_name("Alpha")->id == newer.id);
    ProjectRepository{s}.remove(newer.project_id);
    CHECK(workspaces.get_link_by_project_name("Alpha")->id == older.id);
    ProjectRepository{s}.update(older.project_id, {.status = project_status::archived});
    CHECK(workspaces.get_link_by_project_name("Alpha")->id == older.id);
    CHECK_FALSE(workspaces.get_link_by_project_name("alpha"));
  });
}

TEST_CASE("WorkspaceRepository.list_links: all, the last changed first") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    CHECK(workspaces.list_links().empty());
    auto const one = linked(s, "one", 1);
    auto const three = linked(s, "three", 3);
    auto const two = linked(s, "two", 2);
    ProjectRepository{s}.remove(two.project_id);
    std::vector<WorkspaceLinkId> ids;
    for (auto const& link : workspaces.list_links()) ids.push_back(link.id);
    CHECK(ids == std::vector{three.id, two.id, one.id});
  });
}

TEST_CASE("WorkspaceRepository.update_sync_status: synced stores what was found, and the time twice") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto const made = linked(s, "Alpha");
    auto link = workspaces.update_sync_status(
        made.id, workspace_sync_status::synced,
        {.known = speaks("C++"), .dependencies = {{{"fmt", "10"}, {"boost", "1.74"}}}, .file_tree = {{"a.cpp", "ü"}}});
    CHECK(link.sync_status == workspace_sync_status::synced);
    REQUIRE(link.last_synced_at);
    CHECK(*link.last_synced_at > made.updated_at);
    CHECK(link.updated_at > made.updated_at);
    CHECK(ProjectRepository{s}.get(made.project_id).workspace_synced_at == link.last_synced_at);
    CHECK(link.workspace_context->text() == R"({"language": "C++"})");
    CHECK(link.dependencies_snapshot->text() == R"({"boost": "1.74", "fmt": "10"})");
    CHECK(link.file_tree_snapshot == std::vector<std::string>{"a.cpp", "ü"});

    auto const again = workspaces.update_sync_status(made.id, workspace_sync_status::synced);
    CHECK(again.workspace_context == link.workspace_context);  // none keeps
    CHECK(again.dependencies_snapshot == link.dependencies_snapshot);
    CHECK(again.file_tree_snapshot == link.file_tree_snapshot);
    link = workspaces.update_sync_status(made.id, workspace_sync_status::synced, {.known = app::context{}});
    CHECK_FALSE(link.workspace_context);
  });
}

TEST_CASE("WorkspaceRepository.update_sync_status: other statuses change the status and the error alone") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto const made = linked(s, "Alpha");
    auto link =
        workspaces.update_sync_status(made.id, workspace_sync_status::error, {.known = speaks("C++")}, "no net");
    CHECK(link.sync_status == workspace_sync_status::error);
    CHECK(link.sync_error == "no net");
    CHECK_FALSE(link.last_synced_at);
    CHECK_FALSE(link.workspace_context);
    CHECK(link.updated_at > made.updated_at);
    CHECK_FALSE(ProjectRepository{s}.get(made.project_id).workspace_synced_at);
    link = workspaces.update_sync_status(made.id, workspace_sync_status::syncing);
    CHECK_FALSE(link.sync_error);  // none clears
    CHECK(tests::refusal_of([&] { workspaces.update_sync_status(nobody(), workspace_sync_status::synced); }) ==
          app::refusal::not_found);
  });
}

TEST_CASE("WorkspaceRepository.get_workspace_context_by_project_name: what the link of that name knows") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    CHECK_FALSE(workspaces.get_workspace_context_by_project_name("Alpha"));
    auto const link = linked(s, "Alpha");
    CHECK_FALSE(workspaces.get_workspace_context_by_project_name("Alpha"));
    workspaces.update_sync_status(link.id, workspace_sync_status::synced, {.known = speaks("C++")});
    CHECK(workspaces.get_workspace_context_by_project_name("Alpha") == speaks("C++"));
    ProjectRepository{s}.remove(link.project_id);
    CHECK_FALSE(workspaces.get_workspace_context_by_project_name("Alpha"));
  });
}

TEST_CASE("WorkspaceRepository.get_workspace_context_by_project_id: what the project's link knows") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto const link = linked(s, "Alpha");
    CHECK_FALSE(workspaces.get_workspace_context_by_project_id(link.project_id));
    workspaces.update_sync_status(link.id, workspace_sync_status::synced, {.known = speaks("C++")});
    CHECK(workspaces.get_workspace_context_by_project_id(link.project_id) == speaks("C++"));
    WorkspaceLinkRepository{s}.update(link.id, {.workspace_context = forge_db::json::unchecked("{not json")});
    CHECK_FALSE(workspaces.get_workspace_context_by_project_id(link.project_id));
    CHECK_FALSE(workspaces.get_workspace_context_by_project_id(ProjectId{forge_db::uuid_v4()}));
  });
}

TEST_CASE("WorkspaceRepository.get_health_summary: links by state, a day old ones stale; configured, connected") {
  tests::system_database db;
  auto const now = timestamp::now();
  db->write([&](auto& s) {
    app::workspaces const workspaces{s};
    auto health = workspaces.get_health_summary();
    CHECK_FALSE(health.github_configured);
    CHECK_FALSE(health.github_connected);
    CHECK_FALSE(health.github_username);
    CHECK(health.total_links == 0);
    CHECK(workspaces.get_health_summary(true).github_configured);  // of the environment

    auto const state = [&](char const* name, workspace_sync_status status, std::optional<timestamp> at) {
      WorkspaceLinkPatch patch{.sync_status = status};
      if (at) patch.last_synced_at = *at;
      WorkspaceLinkRepository{s}.update(linked(s, name).id, patch);
    };
    state("just", workspace_sync_status::synced, now - 24h);
    state("old", workspace_sync_status::synced, now - 24h - 1us);
    state("untimed", workspace_sync_status::synced, std::nullopt);
    state("error", workspace_sync_status::error, now - 48h);
    state("pending", workspace_sync_status::pending, std::nullopt);
    state("syncing", workspace_sync_status::syncing, now - 48h);
    workspaces.upsert_oauth_config({.client_id = "Iv1", .client_secret_encrypted = "a"});
    auto const account = workspaces.upsert_connection(
        {.github_user_id = "42", .github_username = "octo", .access_token_encrypted = "g"});
    health = workspaces.get_health_summary(false, now);
    CHECK(health.total_links == 6);
    CHECK(health.synced == 2);
    CHECK(health.stale == 1);
    CHECK(health.errors == 1);
    CHECK(health.github_configured);
    CHECK(health.github_connected);
    CHECK(health.github_username == "octo");
    workspaces.mark_token_invalid(account.id);
    CHECK_FALSE(workspaces.get_health_summary().github_connected);
    CHECK(workspaces.get_health_summary().github_username == "octo");
  });
}

TEST_CASE("WorkspaceRepository.get_all_workspace_statuses: of projects that are not deleted, the last changed first") {
  tests::system_database db;
  auto const now = timestamp::now();
  db->write([&](auto& s) {
    auto const first = linked(s, "first", 1);
    auto const second = linked(s, "second", 2);
    ProjectRepository{s}.remove(linked(s, "gone", 3).project_id);
    ProjectRepository{s}.update(second.project_id, {.status = project_status::archived});
    app::context known = speaks("C++");
    known.patterns = {"a"};
    WorkspaceLinkRepository{s}.update(first.id, {.last_synced_at = now - 25h,
                                                 .sync_status = workspace_sync_status::synced,
                                                 .workspace_context = *app::context_json(known),
                                                 .updated_at = timestamp::from_unix_us(1'000'000)});
    WorkspaceLinkRepository{s}.update(second.id, {.last_synced_at = now - 25h,
                                                  .sync_status = workspace_sync_status::error,
                                                  .sync_error = "no net",
                                                  .updated_at = timestamp::from_unix_us(2'000'000)});
  });
  db->read([&](auto& s) {
    auto const found = app::workspaces{s}.get_all_workspace_statuses(now);
    REQUIRE(found.size() == 2);
    CHECK(found[0].project == "second");
    CHECK_FALSE(found[0].stale);
    CHECK(found[0].sync_error == "no net");
    CHECK(found[0].context_completeness == 0);
    CHECK(found[1].project == "first");
    CHECK(found[1].stale);
    CHECK(found[1].context_completeness == 0.22);
    CHECK(found[1].repo == "octo/repo");
    CHECK(found[1].repo_url == "u");
    CHECK(found[1].branch == "main");
    CHECK(found[1].synced_at == now - 25h);
    CHECK(found[1].sync_status == workspace_sync_status::synced);
    CHECK(found[1].sync_source == workspace_sync_source::github);
    CHECK(app::workspaces{s}.get_all_workspace_statuses(now - 2h)[1].stale == false);
  });
}
