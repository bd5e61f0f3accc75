// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/history.hpp>
#include <forge_db/migration/detail/table_text.hpp>
#include <forge_db/migration/equivalence.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// The answer to "is it so? may it run?".
enum class judgement {
  already,   ///< the database is so, or in a later state
  recorded,  ///< it differs in a way that keeps working: nothing runs, the difference is kept on record
  ready,     ///< it may run
  refused    ///< it must not run
};

/// The rungs of the ladder that this release climbs, and steps, which are not on it.
enum class rung { none, native, rebuild, step };

inline std::string_view to_text(rung way) {
  switch (way) {
    case rung::native:
      return "native statement";
    case rung::rebuild:
      return "table rebuild";
    case rung::step:
      return "step";
    case rung::none:
      break;
  }
  return "nothing to do";
}

/// A table to be made anew: `target` is its new text. Columns of the same name are copied, new ones take their
/// defaults.
struct rebuild_request {
  std::string table;
  table_text target;
};

struct verdict {
  judgement state = judgement::already;
  rung way = rung::none;
  std::string why{};                         ///< of the rung; of a refusal: object, expected, found, cure
  std::vector<difference> accepted{};        ///< when recorded
  std::vector<std::string> statements{};     ///< when native
  std::optional<rebuild_request> rebuild{};  ///< when a rebuild
  std::string table{};                       ///< whose rows it has to touch
  std::string destroys{};                    ///< what it deletes beyond recall, empty for nothing
};

/// What a judgement is made from: the operation's place in its list, the database, and two connections: `rows` is asked
/// about rows, and `schema` is the one where `live` was read. A plan has two, an upgrade one.
struct scene {
  history const& past;
  std::size_t at;
  live_schema const& live;
  sqlite::connection& rows;
  sqlite::connection& schema;
};

inline verdict already() { return {}; }

inline verdict refused(std::string why) {
  verdict answer;
  answer.state = judgement::refused;
  answer.why = std::move(why);
  return answer;
}

/// The one shape of a refusal.
inline verdict refused(std::string const& object, std::string const& expected, std::string const& found,
                       std::string const& cure) {
  return refused(object + ": expected " + expected + ", found " + found + "; " + cure);
}

inline verdict conflict(difference const& each) {
  return refused(describe(each) +
                 "; change the database by hand to what is expected, or correct the migration and its spec");
}

inline verdict recorded(std::vector<difference> accepted) {
  verdict answer;
  answer.state = judgement::recorded;
  answer.accepted = std::move(accepted);
  return answer;
}

inline verdict native(std::string statement, std::string table, std::string why = "one native statement is enough") {
  verdict answer;
  answer.state = judgement::ready;
  answer.way = rung::native;
  answer.why = std::move(why);
  answer.statements.push_back(std::move(statement));
  answer.table = std::move(table);
  return answer;
}

inline verdict rebuilding(std::string const& table, table_text target, std::string why) {
  verdict answer;
  answer.state = judgement::ready;
  answer.way = rung::rebuild;
  answer.why = std::move(why);
  answer.table = table;
  answer.rebuild = rebuild_request{table, std::move(target)};
  return answer;
}

/// `differences` split into none, only acceptable ones, and at least one conflict.
inline verdict judged(std::vector<difference> differences) {
  for (difference const& each : differences)
    if (!is_acceptable(each.kind)) return conflict(each);
  return differences.empty() ? already() : recorded(std::move(differences));
}

}  // namespace forge_db::migration::detail
