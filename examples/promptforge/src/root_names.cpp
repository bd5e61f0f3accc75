// SPDX-License-Identifier: MIT
#include "data_rules.hpp"
#include "hand_written_sql.hpp"

#include <forge_db/session/session.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace promptforge_db {
namespace {

struct duplicate {
  std::int64_t row;
  std::string id, name;
};

/// Some of the root projects whose name belongs to another one: living ones keep theirs before deleted ones, then the
/// oldest.
std::vector<duplicate> next_duplicates(forge_db::sqlite::connection& connection) {
  auto statement = connection.prepare_once(
      "select rowid, id, name from (select rowid, id, name, row_number() over (partition by name "
      "order by status = 'deleted', created_at, id) as place from projects where parent_id is null) "
      "where place > 1 order by name, place limit 256");
  std::vector<duplicate> found;
  while (statement.step()) {
    found.push_back({statement.int64(0), std::string(statement.text(1)), std::string(statement.text(2))});
  }
  return found;
}

}  // namespace

step_result application_rules::unique_root_names(write_session& session) {
  constexpr std::size_t named = 50;
  auto& connection = session.connection();
  auto taken = connection.prepare_once("select 1 from projects where parent_id is null and name = ?");
  auto rename = connection.prepare_once("update projects set name = ? where rowid = ?");
  step_result result;
  for (auto page = next_duplicates(connection); !page.empty(); page = next_duplicates(connection)) {
    for (auto const& [row, id, name] : page) {
      std::string fresh;
      for (int number = 2;; ++number) {
        fresh = name + " (" + std::to_string(number) + ')';
        taken.text(1, fresh);
        bool const is_taken = taken.step();
        taken.reset();
        if (!is_taken) break;
      }
      rename.text(1, fresh);
      rename.int64(2, row);
      rename.step();
      rename.reset();
      if (++result.changed <= static_cast<std::int64_t>(named)) {
        result.notes.push_back("project " + id + " is called \"" + fresh + "\" now");
      }
    }
  }
  if (result.changed > static_cast<std::int64_t>(named)) {
    result.notes.push_back("and " + std::to_string(result.changed - static_cast<std::int64_t>(named)) + " more");
  }
  return result;
}

}  // namespace promptforge_db
