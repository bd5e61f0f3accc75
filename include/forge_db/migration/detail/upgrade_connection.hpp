// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/quoting.hpp>
#include <forge_db/migration/detail/rebuild_window.hpp>
#include <forge_db/migration/ledger.hpp>
#include <forge_db/migration/list.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace forge_db::migration::detail {

/// Waits for other processes as long as a migration may take, and puts the old patience back.
class patient_connection {
 public:
  explicit patient_connection(sqlite::connection& connection)
      : connection_(connection), before_(static_cast<int>(read_pragma(connection, "busy_timeout"))) {
    sqlite3_busy_timeout(connection.native(), std::max(before_, 60000));
  }
  patient_connection(patient_connection const&) = delete;
  patient_connection& operator=(patient_connection const&) = delete;
  ~patient_connection() { sqlite3_busy_timeout(connection_.native(), before_); }

 private:
  sqlite::connection& connection_;
  int before_;
};

/// A schema comes after those that its tables refer to.
inline void refuse_wrong_order(std::vector<list const*> const& schemas) {
  for (auto each = schemas.begin(); each != schemas.end(); ++each)
    for (std::string const& first : (*each)->after)
      if (std::any_of(each, schemas.end(), [&](list const* later) { return later->schema == first; }))
        throw session_misuse("forge_db: upgrade requires schema " + first + " to come before schema " +
                             (*each)->schema + ", which refers to its tables; pass the lists in that order");
}

/// A schema that is not among those of this call was upgraded by an earlier one.
inline void refuse_missing(ledger& book, std::vector<list const*> const& schemas) {
  for (list const* each : schemas)
    for (std::string const& first : each->after)
      if (std::none_of(schemas.begin(), schemas.end(), [&](list const* other) { return other->schema == first; }) &&
          !book.head(first))
        throw session_misuse("forge_db: upgrade requires schema " + first + ", whose tables schema " + each->schema +
                             " refers to, to be in the database; pass its list before that of " + each->schema);
}

/// A temporary table or view hides a table of the same name, and a migration would change the wrong one.
inline void refuse_shadows(sqlite::connection& connection, std::vector<list const*> const& schemas) {
  auto rows = connection.prepare_once(
      "select t.name, m.name is not null from sqlite_temp_schema t left join sqlite_schema m on lower(m.name) = "
      "lower(t.name) where t.type in ('table', 'view')");
  while (rows.step()) {
    std::string const name{rows.text(0)};
    bool hides = rows.int64(1) != 0 || folded(name).starts_with("_forge_");
    for (list const* schema : schemas)
      for (migration const& each : schema->migrations)
        for (operation const& op : each.operations)
          if (auto const* create = std::get_if<create_table>(&op)) hides |= same_name(create->table.name, name);
    if (hides)
      throw session_misuse("forge_db: upgrade requires a connection without a temporary table or view named " + name +
                           ", which hides the one of the database; drop it first");
  }
}

}  // namespace forge_db::migration::detail
