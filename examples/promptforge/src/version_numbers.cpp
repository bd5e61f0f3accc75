// SPDX-License-Identifier: MIT
#include "data_rules.hpp"
#include "hand_written_sql.hpp"

#include <forge_db/session/session.hpp>

namespace promptforge_db {

#define DOUBLED_PROMPTS                                                                                 \
  "(select prompt_id from prompt_versions where prompt_id is not null group by prompt_id, \"version\" " \
  "having count(*) > 1)"

step_result application_rules::prompt_version_numbers(write_session& session) {
  auto& connection = session.connection();
  step_result result;
  // The prompts first: they are found by the numbers that are doubled still.
  auto const prompts = run_hand_written_sql(
      connection,
      "update prompts set \"version\" = max(\"version\", 1 + (select count(*) from prompt_versions v "
      "where v.prompt_id = prompts.id)) where id in " DOUBLED_PROMPTS);
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
