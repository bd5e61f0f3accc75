// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <promptforge/github_connections_repository.hpp>
#include <promptforge/github_oauth_config_repository.hpp>
#include <promptforge/projects_repository.hpp>
#include <workspaces.hpp>

using namespace promptforge;
using forge_db::timestamp;

namespace {

NewGithubConnection octo(std::string user = "42", std::string name = "octo") {
  return {.github_user_id = std::move(user), .github_username = std::move(name), .access_token_encrypted = "gAAA"};
}
GithubConnectionId nobody() { return GithubConnectionId{forge_db::uuid_v4()}; }

}  // namespace

TEST_CASE("WorkspaceRepository.get_connection: none, or the oldest one") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    CHECK_FALSE(workspaces.get_connection());
    auto newer = octo("1", "newer");
    newer.created_at = timestamp::from_unix_us(2);
    GithubConnectionRepository{s}.insert(newer);
    auto older = octo("2", "older");
    older.created_at = timestamp::from_unix_us(1);
    GithubConnectionRepository{s}.insert(older);
    CHECK(workspaces.get_connection()->github_username == "older");
  });
}

TEST_CASE("WorkspaceRepository.get_connection_by_id: the row or nothing") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto const made = workspaces.upsert_connection(octo());
    CHECK(workspaces.get_connection_by_id(made.id)->github_user_id == "42");
    CHECK_FALSE(workspaces.get_connection_by_id(nobody()));
  });
}

TEST_CASE("WorkspaceRepository.upsert_connection: all fields of the account's row, also with none; valid again") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto row = octo();
    row.avatar_url = "a.png";
    row.scopes = "repo";
    row.updated_at = timestamp::from_unix_us(1);
    auto const made = workspaces.upsert_connection(row);
    CHECK(made.avatar_url == "a.png");
    CHECK(made.token_valid);
    workspaces.mark_token_invalid(made.id);
    auto const again = workspaces.upsert_connection(
        {.github_user_id = "42", .github_username = "renamed", .access_token_encrypted = "gAAB"});
    CHECK(again.id == made.id);
    CHECK(again.github_username == "renamed");
    CHECK(again.access_token_encrypted == "gAAB");
    CHECK_FALSE(again.avatar_url);
    CHECK_FALSE(again.scopes);
    CHECK(again.token_valid);
    CHECK(again.updated_at > made.updated_at);
    CHECK(again.created_at == made.created_at);
    CHECK(workspaces.upsert_connection(octo("43")).id != made.id);
  });
}

TEST_CASE("WorkspaceRepository.delete_connection: links keep, without it") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto const project = ProjectRepository{s}.insert({.name = "Alpha"}).id;
    auto const id = workspaces.upsert_connection(octo()).id;
    auto const link = workspaces.create_link(
        {.project_id = project, .github_connection_id = id, .repo_full_name = "a/b", .repo_url = "u"});
    CHECK(workspaces.delete_connection(id));
    CHECK_FALSE(workspaces.delete_connection(id));
    CHECK_FALSE(workspaces.get_link_by_id(link.id)->github_connection_id);
  });
}

TEST_CASE("WorkspaceRepository.mark_token_invalid: the mark and the time; an unknown id is passed over") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto row = octo();
    row.updated_at = timestamp::from_unix_us(1);
    auto const id = workspaces.upsert_connection(row).id;
    workspaces.mark_token_invalid(id);
    auto const marked = *workspaces.get_connection_by_id(id);
    CHECK_FALSE(marked.token_valid);
    CHECK(marked.updated_at > timestamp::from_unix_us(1));
    CHECK_NOTHROW(workspaces.mark_token_invalid(nobody()));
  });
}

TEST_CASE("WorkspaceRepository.get_oauth_config: none, or the oldest one") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    CHECK_FALSE(workspaces.get_oauth_config());
    for (int second : {3, 1, 2})
      GithubOauthConfigRepository{s}.insert({.client_id = std::to_string(second),
                                             .client_secret_encrypted = "s",
                                             .created_at = timestamp::from_unix_us(second * 1'000'000)});
    CHECK(workspaces.get_oauth_config()->client_id == "1");
  });
}

TEST_CASE("WorkspaceRepository.upsert_oauth_config: one row, with the defaults where nothing is given") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    auto const made = workspaces.upsert_oauth_config({.client_id = "Iv1",
                                                      .client_secret_encrypted = "a",
                                                      .redirect_uri = "http://other",
                                                      .scope = "user",
                                                      .updated_at = timestamp::from_unix_us(1)});
    CHECK(made.redirect_uri == "http://other");
    auto const again = workspaces.upsert_oauth_config({.client_id = "Iv2", .client_secret_encrypted = "b"});
    CHECK(again.id == made.id);
    CHECK(again.client_id == "Iv2");
    CHECK(again.client_secret_encrypted == "b");
    CHECK(again.redirect_uri == "http://localhost:8000/api/apps/promptforge/github/callback");
    CHECK(again.scope == "repo");
    CHECK(again.created_at == made.created_at);
    CHECK(again.updated_at > made.updated_at);
    CHECK(GithubOauthConfigRepository{s}.count() == 1);
  });
}

TEST_CASE("WorkspaceRepository.delete_oauth_config: the oldest row; false if there is none") {
  tests::system_database db;
  db->write([](auto& s) {
    app::workspaces const workspaces{s};
    CHECK_FALSE(workspaces.delete_oauth_config());
    workspaces.upsert_oauth_config({.client_id = "Iv1", .client_secret_encrypted = "a"});
    CHECK(workspaces.delete_oauth_config());
    CHECK_FALSE(workspaces.get_oauth_config());
  });
}
