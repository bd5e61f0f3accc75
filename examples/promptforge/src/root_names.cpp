// SPDX-License-Identifier: MIT
#include "data_rules.hpp"
#include "repeated_names.hpp"

#include <forge_db/session/session.hpp>

namespace promptforge_db {

step_result application_rules::unique_root_names(write_session& session) {
  // Living ones keep theirs before deleted ones, then the oldest.
  return number_repeated_names(
      session.connection(),
      {.thing = "project",
       .duplicates = "select rowid, id, name from (select rowid, id, name, row_number() over (partition by name "
                     "order by status = 'deleted', created_at, id) as place from projects where parent_id is null) "
                     "where place > 1 order by name, place limit 256",
       .taken = "select 1 from projects where parent_id is null and name = ?1 and rowid <> ?2",
       .rename = "update projects set name = ?1 where rowid = ?2"});
}

}  // namespace promptforge_db
