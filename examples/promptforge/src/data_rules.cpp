// SPDX-License-Identifier: MIT
#include "data_rules.hpp"

#include "hand_written_sql.hpp"

#include <forge_db/core/timestamp.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/session/session.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <promptforge/optimizations.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace promptforge_db {
namespace {

using promptforge::Optimization;
namespace optimizations = promptforge::optimizations;

struct alias {
  std::string_view old_name, new_name;
};
constexpr std::array aliases{
    alias{"few-shot", "few-shot-scaffolding"},
    alias{"role-based", "persona-assignment"},
    alias{"constraint-focused", "constraint-injection"},
    alias{"structured-enhancement", "role-task-format"},
};

// A random uuid of version 4 as SQL, so that rows need not travel through this program to get their keys.
#define FRESH_UUID                                                                                            \
  "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || " \
  "substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"

std::string time_text() { return forge_db::timestamp_text(forge_db::timestamp::now()); }

}  // namespace

step_result kernel_rules::merge_usage_counters(write_session& session) {
  auto& connection = session.connection();
  step_result result;
  auto const merged = run_hand_written_sql(
      connection,
      "update app_usage set \"count\" = same.total, updated_at = same.latest from "
      "(select min(rowid) as kept, sum(\"count\") as total, max(updated_at) as latest from app_usage "
      "group by app_id, resource, period having count(*) > 1) as same where app_usage.rowid = same.kept");
  if (merged == 0) return result;
  auto const removed = run_hand_written_sql(
      connection,
      "delete from app_usage where rowid not in (select min(rowid) from app_usage group by app_id, resource, period)");
  result.changed = merged + removed;
  result.notes.push_back(counted(merged, "counter") + " took up the counts of " + counted(removed, "duplicate"));
  return result;
}

step_result application_rules::legacy_strategies(write_session& session) {
  step_result result;
  for (auto const& [old_name, new_name] : aliases) {
    result.changed += session.execute(forge_db::update<Optimization>()
                                          .set(optimizations::framework_applied = new_name)
                                          .where(optimizations::framework_applied == old_name));
    result.changed += session.execute(forge_db::update<Optimization>()
                                          .set(optimizations::strategy = new_name)
                                          .where(optimizations::strategy == old_name));
  }
  return result;
}

step_result application_rules::legacy_projects(write_session& session) {
  auto& connection = session.connection();
  std::string const now = time_text();
  step_result result;
  auto const projects = run_hand_written_sql(
      connection,
      "insert into projects (id, name, description, status, parent_id, depth, created_at, updated_at) "
      "select " FRESH_UUID
      ", o.project, 'Migrated from optimization history', 'active', null, 0, coalesce(min(o.created_at), ?1), ?1 "
      "from optimizations o where o.project <> '' and not exists (select 1 from projects p where p.name = o.project) "
      "group by o.project order by min(o.rowid)",
      {now});
  if (projects == 0) return result;
  // The projects just made are those of this very moment with that description: the step holds the write lock.
  auto const prompts = run_hand_written_sql(
      connection,
      "insert into prompts (id, content, version, project_id, order_index, created_at, updated_at) select " FRESH_UUID
      ", t.raw_prompt, 1, p.id, row_number() over (partition by p.id order by t.first_use, t.first_row) - 1, ?1, ?1 "
      "from (select project, raw_prompt, min(created_at) as first_use, min(rowid) as first_row from optimizations "
      "where project <> '' and raw_prompt <> '' group by project, raw_prompt) t "
      "join projects p on p.name = t.project and p.parent_id is null and p.updated_at = ?1 "
      "and p.description = 'Migrated from optimization history'",
      {now});
  result.changed = projects + prompts;
  result.notes.push_back(counted(projects, "project") + " with " + counted(prompts, "prompt") + " made from history");
  return result;
}

step_result application_rules::missing_prompts(write_session& session) {
  step_result result;
  result.changed = run_hand_written_sql(
      session.connection(),
      "insert into prompts (id, content, version, project_id, order_index, created_at, updated_at) select " FRESH_UUID
      ", t.raw_prompt, 1, t.project_id, coalesce((select max(x.order_index) from prompts x "
      "where x.project_id = t.project_id), -1) + row_number() over (partition by t.project_id "
      "order by t.first_use, t.first_row), ?1, ?1 "
      "from (select p.id as project_id, o.raw_prompt, min(o.created_at) as first_use, min(o.rowid) as first_row "
      "from optimizations o join projects p on p.name = o.project and p.status <> 'deleted' "
      "where o.prompt_id is null and o.project <> '' and o.raw_prompt <> '' group by p.id, o.raw_prompt) t "
      "where (t.project_id, t.raw_prompt) not in (select project_id, content from prompts where project_id is not "
      "null)",
      {time_text()});
  return result;
}

step_result application_rules::prompt_ids(write_session& session) {
  step_result result;
  result.changed = run_hand_written_sql(
      session.connection(),
      // Of several prompts with one text: that of a living project first, then of the outermost and oldest one. The
      // plus signs keep SQLite from walking all optimizations of a project once a prompt.
      "update optimizations set prompt_id = m.id from (select name, content, id from (select p.name, r.content, r.id, "
      "row_number() over (partition by p.name, r.content order by p.status = 'deleted', p.depth, p.created_at, "
      "r.order_index, r.id) as place from prompts r join projects p on p.id = r.project_id where r.id is not null) "
      "where place = 1) as m where optimizations.prompt_id is null and +optimizations.project <> '' "
      "and m.name = +optimizations.project and m.content = optimizations.raw_prompt");
  return result;
}

step_result application_rules::stale_running(write_session& session) {
  using promptforge::optimization_status;
  using namespace std::chrono_literals;
  auto const cutoff = forge_db::timestamp::now() - 30min;
  step_result result;
  result.changed = session.execute(
      forge_db::update<Optimization>()
          .set(optimizations::status = optimization_status::error, optimizations::error_message = "Server interrupted")
          .where(optimizations::status == optimization_status::running && optimizations::created_at < cutoff));
  return result;
}

}  // namespace promptforge_db
