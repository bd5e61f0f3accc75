// SPDX-License-Identifier: MIT
#pragma once

#include "systems/id_of.hpp"
#include "systems/plain_sqlite.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tests {

/// The table of a row, as the end of its id says; row 0 of `files` is `row_id(0, row_of::files)`.
enum class row_of {
  collections = 1,
  documents,
  folders,
  files,
  versions,
  logs,
  projects,
  prompts,
  runs,
  links,
  others
};

/// A uuid of version 4.
inline std::string row_id(std::int64_t number, row_of table) {
  std::string digits = std::to_string(number);  // decimal digits are hexadecimal, too
  digits.insert(0, 8 - digits.size(), '0');
  std::string const end = std::to_string(static_cast<int>(table));
  return digits + "-0000-4000-8000-" + std::string(12 - end.size(), '0') + end;
}
template <class Id>
Id id_of(std::int64_t number, row_of table) {
  return id_of<Id>(row_id(number, table));
}

namespace detail {

/// Runs `sql` with its words replaced: {n} the numbers 0 to rows - 1 as `n(i)`, {rows}, {id x T} the id of row x of the
/// table with the number T, {time x} a time that grows with x.
inline void insert_rows(plain_sqlite const& file, std::int64_t rows, std::string sql) {
  auto const replace = [&sql](std::string_view from, std::string const& to) {
    for (auto at = sql.find(from); at != std::string::npos; at = sql.find(from, at + to.size())) {
      sql.replace(at, from.size(), to);
    }
  };
  replace("{n}", "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < {rows})");
  replace("{rows}", std::to_string(rows));
  for (auto at = sql.find("{id "); at != std::string::npos; at = sql.find("{id ")) {
    auto const end = sql.find('}', at);
    auto const gap = sql.rfind(' ', end);
    std::string const number = sql.substr(at + 4, gap - at - 4);
    auto const table = static_cast<row_of>(std::stoi(sql.substr(gap + 1, end - gap - 1)));
    std::string const pattern = "%08d" + row_id(0, table).substr(8);
    sql.replace(at, end + 1 - at, "printf('" + pattern + "', " + number + ")");
  }
  for (auto at = sql.find("{time "); at != std::string::npos; at = sql.find("{time ")) {
    auto const end = sql.find('}', at);
    std::string const seconds = sql.substr(at + 6, end - at - 6);
    sql.replace(at, end + 1 - at, "strftime('%Y-%m-%d %H:%M:%S.000000', 1767225600 + " + seconds + ", 'unixepoch')");
  }
  file.run(sql);
}

}  // namespace detail

/// `rows` rows in each table of the kernel, nine of ten of the application `app`, one of `other`. A hundredth of the
/// collections and folders are roots, the others are below one; documents and files are in these roots, a hundred in
/// each; a file has ten versions. `rows` is a multiple of 1000.
inline void fill_kernel(plain_sqlite const& file, std::int64_t rows) {
  std::string const app = "case i / ({rows} / 1000) % 10 when 9 then 'other' else 'app' end";
  std::string const parent_app = "case i % ({rows} / 100) / ({rows} / 1000) when 9 then 'other' else 'app' end";
  file.run("begin");
  for (std::string const table : {"app_collections", "vfs_folders"}) {
    bool const folder = table == "vfs_folders";
    std::string const kind = folder ? "3" : "1";
    detail::insert_rows(file, rows,
                        "{n} insert into " + table + "(id, app_id, name, parent_id, created_at, updated_at" +
                            (folder ? ", depth" : "") + ") select {id i " + kind + "}, " + parent_app +
                            ", 'name ' || i, iif(i < {rows} / 100, null, {id i % ({rows} / 100) " + kind +
                            "}), {time i}, {time i}" + (folder ? ", i >= {rows} / 100" : "") + " from n");
  }
  for (std::string const& sql : {
           "insert into app_settings(id, app_id, key, value, created_at, updated_at)"
           " select {id i 11}, " +
               app + ", 'key ' || i, '{\"n\": ' || i || '}', {time i}, {time i}",
           "insert into app_documents(id, app_id, collection_id, name, content_type, content, created_at, updated_at)"
           " select {id i 2}, " +
               parent_app +
               ", {id i % ({rows} / 100) 1}, 'document ' || i, 'text/plain', 'text', {time i},"
               " {time i}",
           "insert into vfs_files(id, app_id, folder_id, name, content, content_type, version, created_at, updated_at)"
           " select {id i 4}, " +
               parent_app +
               ", {id i % ({rows} / 100) 3}, 'file ' || i, 'text ' || i, 'text/plain', 11,"
               " {time i}, {time i}",
           std::string("insert into vfs_file_versions(id, file_id, version, content, created_at)"
                       " select {id i 5}, {id i % ({rows} / 10) 4}, i / ({rows} / 10) + 1, 'former', {time i}"),
           "insert into audit_log(id, app_id, action, resource_type, resource_id, timestamp)"
           " select {id i 6}, " +
               app +
               ", iif(i % 3, 'update', 'create'), iif(i % 2, 'vfs_file', 'document'), {id i 4},"
               " {time i / 2}",
           "insert into app_usage(id, app_id, resource, period, count, updated_at)"
           " select {id i 11}, " +
               app +
               ", 'resource ' || (i % 10),"
               " strftime('%Y-%m-%dT%H', 1767225600 + i / 10 * 3600, 'unixepoch'), 1, {time i}",
       }) {
    detail::insert_rows(file, rows, "{n} " + sql + " from n");
  }
  file.run("commit; analyze");
}

/// `rows` rows in each table of PromptForge but the connections. A hundredth of the projects are roots, the others
/// below one; prompts are in these roots, a hundred in each; a prompt in ten has ten versions; three runs of four are
/// of a prompt, the fourth of a project's name only.
inline void fill_promptforge(plain_sqlite const& file, std::int64_t rows) {
  file.run("begin");
  for (char const* sql : {
           "insert into projects(id, name, description, status, parent_id, depth, created_at, updated_at)"
           " select {id i 7}, 'project ' || i, iif(i % 3, 'about ' || i, null),"
           " case i % 10 when 8 then 'archived' when 9 then 'deleted' else 'active' end,"
           " iif(i < {rows} / 100, null, {id i % ({rows} / 100) 7}), i >= {rows} / 100, {time i}, {time i}",
           "insert into prompts(id, content, version, project_id, order_index, created_at, updated_at)"
           " select {id i 8}, 'prompt ' || i, iif(i < {rows} / 10, 11, 1), {id i % ({rows} / 100) 7},"
           " i / ({rows} / 100), {time i}, {time i}",
           "insert into optimizations(id, created_at, raw_prompt, task_type, complexity, overall_score, duration_ms, "
           "status,"
           " project, tags, title, prompt_id, strategy, framework_applied, is_improvement, secondary_frameworks)"
           " select {id i 9}, {time i}, 'prompt ' || i, 'task ' || (i % 7), iif(i % 5, 'simple', null),"
           " iif(i % 11, i % 100 / 100.0, null), i % 1000, case i % 20 when 7 then 'error' when 8 then 'pending' else"
           " 'completed' end, 'project ' || (i % ({rows} / 100)), iif(i % 4, null, '[\"tag ' || (i % 9) || '\"]'),"
           " 'title ' || i, iif(i % 4, {id i 8}, null), iif(i % 6, 'co-star', 'risen'), 'risen', i % 2,"
           " iif(i % 13, null, '[\"risen\"]')",
           "insert into prompt_versions(id, prompt_id, version, content, created_at)"
           " select {id i 5}, {id i % ({rows} / 10) 8}, i / ({rows} / 10) + 1, 'former', {time i}",
           "insert into workspace_links(id, project_id, repo_full_name, repo_url, default_branch, sync_status, "
           "sync_source,"
           " created_at, updated_at, last_synced_at) select {id i 10}, {id i 7}, 'owner/repo', 'https://example.org', "
           "'main',"
           " iif(i % 4, 'synced', 'error'), 'github', {time i}, {time i}, {time i}",
       }) {
    detail::insert_rows(file, rows, "{n} " + std::string(sql) + " from n");
  }
  file.run("commit; analyze");
}

}  // namespace tests
