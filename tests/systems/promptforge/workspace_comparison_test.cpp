// SPDX-License-Identifier: MIT
// Lists of workspace links against SQL that was written without ForgeDB, over 20,000 links.
#include "support/catch.hpp"
#include "systems/promptforge/plain_projects.hpp"
#include "systems/promptforge/row_text.hpp"

#include <string>
#include <vector>
#include <workspaces.hpp>

using namespace promptforge;
using tests::filled_projects;
using tests::row_text;
using tests::shown_time;

namespace {

using lines = std::vector<std::string>;

constexpr auto now = forge_db::timestamp::from_unix_us(1'767'415'300'500'000);  // 2026-01-03 04:41:40.5
char const* const stale = "sync_status = 'synced' and last_synced_at < '2026-01-02 04:41:40.500000'";

std::string link_text(WorkspaceLink const& row) {
  return row_text(row.id, row.project_id, row.repo_full_name, row.default_branch, row.last_synced_at, row.sync_status,
                  row.sync_error, row.sync_source, row.created_at, row.updated_at);
}
std::string const link_columns = "select l.id, project_id, repo_full_name, default_branch, " +
                                 shown_time("last_synced_at") + ", sync_status, sync_error, sync_source, " +
                                 shown_time("l.created_at") + ", " + shown_time("l.updated_at") +
                                 " from workspace_links l ";

}  // namespace

TEST_CASE("WorkspaceRepository.list_links: agrees with plain SQL over 20,000 links") {
  lines found;
  for (auto const& row : filled_projects().system->read([](auto& s) { return app::workspaces{s}.list_links(); })) {
    found.push_back(link_text(row));
  }
  CHECK(found.size() == 20'000);
  CHECK((found == filled_projects().plain.rows(link_columns + "order by updated_at desc, id")));
}

TEST_CASE("WorkspaceRepository.get_all_workspace_statuses: agrees with plain SQL over 20,000 links") {
  lines found;
  for (auto const& row :
       filled_projects().system->read([](auto& s) { return app::workspaces{s}.get_all_workspace_statuses(now); })) {
    found.push_back(row_text(row.id, row.project, row.project_id, row.repo, row.repo_url, row.branch, row.synced_at,
                             row.stale, row.sync_status, row.sync_error, row.sync_source, row.context_completeness));
  }
  // A field counts where its value is one of the kind that it takes, and is not empty.
  auto const wanted = filled_projects().plain.rows(
      "with field(name, is_list) as (values ('language', 0), ('framework', 0), ('description', 0), ('documentation', "
      "0), ('test_framework', 0), ('conventions', 1), ('patterns', 1), ('code_snippets', 1), ('test_patterns', 1)), "
      "known(text) as materialized (select distinct workspace_context from workspace_links where "
      "json_valid(workspace_context)), filled as materialized (select text, sum(case when json_type(text) <> 'object' "
      "then 0 when is_list and json_type(text, '$.' || name) = 'array' then exists (select 1 from json_each(text, '$.' "
      "|| name) item where item.type <> 'null') when is_list then json_type(text, '$.' || name) = 'text' when "
      "json_type(text, '$.' || name) in ('text', 'integer', 'real', 'true', 'false') then json_extract(text, '$.' || "
      "name) <> '' end) as n from known, field group by text) select l.id, p.name, p.id, repo_full_name, repo_url, "
      "default_branch, " +
      shown_time("last_synced_at") + ", ifnull(" + stale +
      ", 0), sync_status, sync_error, sync_source, printf('%.6f', round(ifnull(n, 0) / 9.0, 2)) from workspace_links l "
      "join projects p on p.id = project_id left join filled on text = workspace_context where p.status <> 'deleted' "
      "order by l.updated_at desc, l.id");
  CHECK(wanted.size() > 15'000);
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] != wanted[i]) FAIL_CHECK(found[i] << " should be " << wanted[i]);
  }
}

TEST_CASE("WorkspaceRepository.get_health_summary: agrees with plain SQL over 20,000 links") {
  auto const found =
      filled_projects().system->read([](auto& s) { return app::workspaces{s}.get_health_summary(false, now); });
  CHECK(row_text(found.github_configured, found.github_connected, found.github_username, found.total_links,
                 found.synced, found.stale, found.errors) ==
        filled_projects().plain.value("select 0, 0, null, count(*), sum(sync_status = 'synced') - sum(ifnull(" +
                                      std::string(stale) + ", 0)), sum(ifnull(" + stale +
                                      ", 0)), sum(sync_status = 'error') from workspace_links"));
  CHECK(found.stale > 1000);
  CHECK(found.synced > 1000);
}

TEST_CASE("WorkspaceRepository.get_link_by_project_name: agrees with plain SQL where many projects have the name") {
  auto& plain = filled_projects().plain;
  auto names = plain.rows("select name from projects group by name order by count(*) desc, name limit 60");
  names.emplace_back("no such project");
  filled_projects().system->read([&](auto& s) {
    for (auto const& name : names) {
      auto const found = app::workspaces{s}.get_link_by_project_name(name);
      CHECK((found ? lines{link_text(*found)} : lines{}) ==
            plain.rows(link_columns + "join projects p on p.id = project_id where p.name = ? and p.status <> 'deleted' "
                                      "order by l.updated_at desc, l.id limit 1",
                       {name}));
    }
  });
}
