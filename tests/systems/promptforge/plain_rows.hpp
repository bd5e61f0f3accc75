// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// SQLite without ForgeDB: what the application's answers are compared with.
class plain_sql {
 public:
  explicit plain_sql(std::string const& file) {
    if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("cannot open " + file);
  }
  plain_sql(plain_sql const&) = delete;
  ~plain_sql() { sqlite3_close(handle_); }

  /// Each row as text: its values joined by '|', NULL as ~. Parameters are text or NULL.
  std::vector<std::string> rows(std::string const& sql, std::vector<std::optional<std::string>> const& values = {}) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      throw std::runtime_error(std::string(sqlite3_errmsg(handle_)) + " in " + sql);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i]) sqlite3_bind_text(statement, static_cast<int>(i) + 1, values[i]->c_str(), -1, SQLITE_TRANSIENT);
    }
    std::vector<std::string> found;
    int state = SQLITE_ROW;
    while ((state = sqlite3_step(statement)) == SQLITE_ROW) {
      std::string row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement, i));
        row += (i == 0 ? "" : "|") + std::string(text == nullptr ? "~" : text);
      }
      found.push_back(row);
    }
    sqlite3_finalize(statement);
    if (state != SQLITE_DONE) throw std::runtime_error(std::string(sqlite3_errmsg(handle_)) + " in " + sql);
    return found;
  }
  std::string value(std::string const& sql, std::vector<std::optional<std::string>> const& values = {}) {
    return rows(sql, values).at(0);
  }

 private:
  sqlite3* handle_ = nullptr;
};

/// `rows` optimizations in one statement, with projects and prompts, varied by arithmetic: NULL, '' and equal values in
/// every column that lists and statistics look at, text beyond ASCII, wildcards, strategies of old, lists that are
/// none, ties in time and score, times in the four forms that programs wrote.
inline void fill_optimizations(plain_sql& sql, int rows) {
  sql.rows("begin");
  sql.rows(
      "with recursive n(i) as (select 0 union all select i + 1 from n where i < 19) insert into projects (id, name, "
      "status, parent_id, depth, created_at, updated_at) select printf('00000000-0000-4000-8000-%012d', i), "
      "case when i < 15 then 'Proj ' || i else 'Proj ' || (i - 15) end, "
      "case i % 5 when 1 then 'archived' when 3 then 'deleted' else 'active' end, "
      "case when i < 15 then null else printf('00000000-0000-4000-8000-%012d', i - 10) end, i >= 15, "
      "printf('2026-01-%02d 00:00:00.000000', 28 - i), '2026-02-01 00:00:00.000000' from n");
  sql.rows(
      "with recursive n(i) as (select 0 union all select i + 1 from n where i < 199) insert into prompts (id, content, "
      "version, project_id, order_index, created_at, updated_at) select printf('10000000-0000-4000-8000-%012d', i), "
      "'Prompt ' || i, 1, case when i % 7 = 0 then null else printf('00000000-0000-4000-8000-%012d', i % 20) end, i, "
      "'2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000' from n");
  // Each column takes its own digits of a product with a prime, so that columns vary independently of each other.
  sql.rows(
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + std::to_string(rows) +
      "), d as (select i, (i * 7919) % 104729 as a, (i * 15485863) % 99991 as b, (i * 32452843) % 88883 as c from n) "
      "insert into optimizations (id, created_at, raw_prompt, optimized_prompt, task_type, complexity, "
      "framework_applied, overall_score, clarity_score, is_improvement, duration_ms, status, project, tags, title, "
      "input_tokens, output_tokens, strategy_confidence, prompt_id, strategy, secondary_frameworks, specificity_score, "
      "structure_score, faithfulness_score, conciseness_score, framework_adherence_score) select "
      "printf('2%07d-0000-4000-8000-%012d', b, i), "
      "strftime('%Y-%m-%d %H:%M:%S', 1700000000 + (a % 3000) * 3600, 'unixepoch') || case c % 4 when 0 then '' when 1 "
      "then '+00:00' when 2 then '.250000+00:00' else '.000000' end, "
      "case a % 9 when 0 then '' when 1 then 'Gr\xc3\xbc\xc3\x9f ' || b when 2 then '100% of_' || c else 'Prompt ' || "
      "(b % 240) end, "
      "case b % 6 when 0 then null when 1 then 'NEEDLE \xc3\x84\xc3\xa4 ' || a else 'text ' || c end, "
      "case c % 6 when 0 then null when 1 then '' else 'task ' || (c % 4) end, "
      "case a % 4 when 0 then null when 1 then 'high' when 2 then 'low' else '' end, "
      "case b % 5 when 0 then null when 1 then 'few-shot' when 2 then 'risen' when 3 then '' else 'odd one' end, "
      "case a % 5 when 0 then null when 1 then 0.5 when 2 then 7 else (b % 1001) / 1000.0 end, "
      "case c % 3 when 0 then null else (a % 101) / 100.0 end, "
      "case b % 3 when 0 then null else b % 2 end, case a % 3 when 0 then null else c % 500 end, "
      "case c % 10 when 0 then 'pending' when 1 then 'running' when 2 then 'error' when 3 then 'cancelled' else "
      "'completed' end, "
      "case b % 7 when 0 then null when 1 then '' else 'Proj ' || (b % 17) end, "
      "case a % 8 when 0 then null when 1 then '[]' when 2 then 'no, list' when 3 then '[1, null, {\"k\": "
      "\"needle\"}]' "
      "when 4 then '{\"a\": \"needle\"}' else '[\"t' || (a % 11) || '\", \"N\\u00e4h needle ' || (b % 3) || '\"]' end, "
      "case c % 4 when 0 then null when 1 then 'Title \xc3\x89' else 'title ' || (c % 50) end, "
      "case a % 6 when 0 then null else a % 1000 end, case b % 6 when 0 then null else b % 999 end, "
      "case c % 7 when 0 then null else (c % 100) / 100.0 end, "
      "case (a + b) % 3 when 0 then null else printf('10000000-0000-4000-8000-%012d', c % 200) end, "
      "case a % 7 when 0 then null when 1 then '' when 2 then 'role-based' when 3 then 'structured-enhancement' when 4 "
      "then 'Risen' else 'co-star' end, "
      "case c % 9 when 0 then null when 1 then 'null' when 2 then '[3, \"few-shot\"]' when 3 then '[\"a' else "
      "'[\"constraint-focused\", \"s' || (a % 3) || '\"]' end, "
      // Each score around a mean of its own, so that no two averages are alike.
      "case b % 4 when 0 then null else (c % 61) / 100.0 end, case c % 5 when 0 then null else 0.2 + (b % 71) / 100.0 "
      "end, case a % 10 when 0 then null else (b % 31) / 100.0 end, case b % 8 when 0 then null when 1 then 8 else "
      "(a % 91) / 100.0 end, case c % 11 when 0 then null else 0.6 + (a % 37) / 100.0 end from d");
  sql.rows("commit");
}

}  // namespace tests
