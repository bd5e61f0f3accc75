// SPDX-License-Identifier: MIT
#include "data_rules.hpp"
#include "hand_written_sql.hpp"

#include <forge_db/session/session.hpp>

namespace promptforge_db {
namespace {

#define DOUBLED_PROMPTS                                                                                 \
  "(select prompt_id from prompt_versions where prompt_id is not null group by prompt_id, \"version\" " \
  "having count(*) > 1)"

std::int64_t doubled_prompts(forge_db::sqlite::connection& connection) {
  auto found = connection.prepare_once("select count(distinct prompt_id) from " DOUBLED_PROMPTS);
  found.step();
  return found.int64(0);
}

}  // namespace

step_result application_rules::prompt_version_numbers(write_session& session) {
  auto& connection = session.connection();
  step_result result;
  auto const prompts = doubled_prompts(connection);
  result.changed = run_hand_written_sql(
      connection,
      "update prompt_versions set \"version\" = n.place from (select rowid as was, row_number() over (partition by "
      "prompt_id order by \"version\", created_at, rowid) as place from prompt_versions where prompt_id "
      "in " DOUBLED_PROMPTS ") as n where prompt_versions.rowid = n.was and prompt_versions.\"version\" <> n.place");
  if (result.changed > 0) {
    result.notes.push_back(counted(result.changed, "version") + " of " + counted(prompts, "prompt") + " numbered anew");
  }
  result.changed += run_hand_written_sql(
      connection,
      "update prompts set \"version\" = former.latest + 1 from (select prompt_id, max(\"version\") as latest from "
      "prompt_versions group by prompt_id) as former where former.prompt_id = prompts.id and prompts.\"version\" <= "
      "former.latest");
  return result;
}

}  // namespace promptforge_db
