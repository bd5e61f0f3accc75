// SPDX-License-Identifier: MIT
#pragma once

#include "systems/promptforge/plain_rows.hpp"
#include "systems/system_database.hpp"

#include <string>

namespace tests {

/// The id of number {i} in a table, in no order of the numbers.
inline std::string numbered_id(std::string const& number, char table) {
  return "printf('%08x-0000-4000-" + std::string(1, table) + "000-%012d', (" + number +
         ") * 2654435761 % 4294967296, " + number + ")";
}

/// 20,000 projects, prompts, versions and links, as years of several programs leave them. Projects 0 to 29 are roots
/// with two projects below each one, down to depth 8; those from 15,330 on are roots, too. Names differ in case, beyond
/// ASCII, and hold `%`, `_` and a backslash; siblings have different ones, others the same. Times repeat, in the four
/// forms that programs wrote; positions of prompts repeat; contexts are objects, lists, text that is no JSON, and NULL.
inline void fill_projects(plain_sql& sql) {
  auto const numbers = [](std::string const& rest) {
    return "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < 20000), v as (select i, "
           "case i * 7 % 13 when 0 then 'Notes' when 1 then 'notes' when 2 then 'NOTES \xc3\x84\xc3\x96' when 3 then "
           "'\xe6\x97\xa5\xe6\x9c\xac' when 4 then '100%' when 5 then 'a_b' when 6 then 'axb' when 7 then "
           "'back\\slash' when 8 then '' when 9 then '\xc3\xa9mile' when 10 then '\xc3\x89mile' when 11 then 'x' || "
           "char(128512) else 'name' end as word, "
           "strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * 31 % 9000, 'unixepoch') || case i / 3 % 4 when 0 then "
           "'.000000' when 1 then '' when 2 then '+00:00' else '.250000+00:00' end as made, "
           "strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * 17 % 7000, 'unixepoch') || case i / 5 % 4 when 0 then "
           "'.000000' when 1 then '' when 2 then '+00:00' else '.250000+00:00' end as changed, "
           "case i % 14 when 0 then null when 1 then '' when 2 then 'no json' when 3 then '[1]' when 4 then "
           "'{\"colour\": \"red\"}' when 5 then '{\"language\": \"C++\", \"framework\": \"\"}' when 6 then "
           "'{\"description\": \"\xc3\xa4\", \"patterns\": [\"one\", null], \"conventions\": []}' when 7 then "
           "'{\"patterns\": \"one\", \"code_snippets\": 7, \"test_patterns\": [null]}' when 8 then "
           "'{\"language\": 3, \"framework\": false, \"description\": null, \"documentation\": {}}' when 9 then "
           "'{\"language\": \"a\", \"framework\": \"b\", \"description\": \"c\", \"documentation\": \"d\", "
           "\"test_framework\": \"e\", \"conventions\": [\"f\"], \"patterns\": [\"g\"], \"code_snippets\": [\"h\"], "
           "\"test_patterns\": [\"i\"]}' when 10 then 'null' when 11 then '{}' when 12 then '{\"language\": \"C' "
           "else '{\"conventions\": [\"a\", 1], \"test_framework\": \"Catch2\"}' end as known from n) " +
           rest;
  };
  std::string const rooted = "i < 30 or i >= 15330";
  sql.rows("begin");
  sql.rows(numbers(
      "insert into projects (id, name, description, context_profile, status, parent_id, depth, created_at, updated_at) "
      "select " +
      numbered_id("i", '8') + ", word || case when " + rooted +
      " then ' ' || i when i % 3 then '' else ' ' || (i % 50) end, case i % 7 when 0 then null when 1 then '' when 2 "
      "then 'About 100% of_it' when 3 then '\xc3\x84\xc3\x96 \xc3\xbc"
      "ber' when 4 then 'back\\slash NOTES' when 5 then '\xe6\x97\xa5\xe6\x9c\xac' else 'about ' || (i % 90) end, "
      "known, case (i * 7 + i / 30) % 11 when 3 then 'archived' when 5 then 'deleted' when 8 then 'archived' else "
      "'active' end, case when " +
      rooted + " then null else " + numbered_id("(i - 30) / 2", '8') + " end, case when " + rooted +
      " then 0 when i < 90 then 1 when i < 210 then 2 when i < 450 then 3 when i < 930 then 4 when i < 1890 then 5 "
      "when i < 3810 then 6 when i < 7650 then 7 else 8 end, made, changed from v"));
  // Sixteen projects have 375 prompts each, others at most one or two of their own; a tenth lie on the desktop.
  sql.rows(
      numbers("insert into prompts (id, content, version, project_id, order_index, created_at, updated_at) select " +
              numbered_id("i", '9') + ", word || i, 21, case when i % 10 = 0 then null when i % 10 < 4 then " +
              numbered_id("i % 40", '8') + " else " + numbered_id("i * 13 % 15330", '8') +
              " end, i / 40 % 25, made, changed from v"));
  sql.rows(numbers("insert into prompt_versions (id, prompt_id, version, content, created_at) select " +
                   numbered_id("i", 'a') + ", " + numbered_id("i % 1000", '9') +
                   ", i / 1000 + 1, word || i, made from v"));
  sql.rows(numbers(
      "insert into workspace_links (id, project_id, repo_full_name, repo_url, default_branch, last_synced_at, "
      "sync_status, sync_error, workspace_context, sync_source, created_at, updated_at) select " +
      numbered_id("i", 'b') + ", " + numbered_id("i", '8') +
      ", 'owner/' || word, 'https://example.org/' || i, iif(i % 3, 'main', word), case i % 6 when 0 then null else "
      "strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * 37 % 200000, 'unixepoch') || case i / 7 % 4 when 0 then "
      "'.000000' when 1 then '' when 2 then '+00:00' else '.250000+00:00' end end, case i % 5 when 0 then 'pending' "
      "when 1 then 'syncing' when 2 then 'error' else 'synced' end, iif(i % 5 = 2, word, null), known, iif(i % 4, "
      "'github', 'claude-code'), made, changed from v"));
  sql.rows("commit");
}

struct many_projects {
  system_database system;
  plain_sql plain{system.file()};
  many_projects() { fill_projects(plain); }
};

/// Made once for all tests of the program, which only read.
inline many_projects& filled_projects() {
  static many_projects many;
  return many;
}

/// The time in a column, as row_text() writes it.
inline std::string shown_time(char const* column) {
  return "strftime('%Y-%m-%d %H:%M:%f', " + std::string(column) + ")";
}

}  // namespace tests
