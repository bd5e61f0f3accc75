// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>

#include <set>
#include <string>
#include <utility>

namespace forge_db::migration::detail {

/// What SQLite's own check of the whole file says, before tables are rebuilt and afterwards. Complaints that were there
/// before are none of the rebuild's: tables of other programs may hold rows that their own CHECKs refuse.
class file_check {
 public:
  explicit file_check(sqlite::connection& connection) : connection_(connection), before_(complaints()) {}

  /// Throws migration_failed when there is a complaint that was not there before.
  void prove() const {
    for (std::string const& each : complaints())
      if (!before_.contains(each))
        throw migration_failed("forge_db: after the rebuild quick_check says: " + each + "; nothing was changed");
  }

 private:
  std::set<std::string> complaints() const {
    std::set<std::string> all;
    auto rows = connection_.prepare_once("pragma main.quick_check(1000000)");
    while (rows.step())
      if (rows.text(0) != "ok") all.emplace(rows.text(0));
    return all;
  }

  sqlite::connection& connection_;
  std::set<std::string> before_;
};

/// Throws corrupt when the pages of the file do not fit together: a migration must not write to such a file. What
/// quick_check says of single rows, which break a CHECK of their own table, is no damage.
inline void refuse_damage(sqlite::connection& connection) {
  auto rows = connection.prepare_once("pragma main.quick_check(10)");
  while (rows.step()) {
    std::string const complaint{rows.text(0)};  // a head line, and a line for each thing found
    if (!complaint.starts_with("*** in database")) continue;
    error_context context;
    auto const first = complaint.find('\n') + 1;
    context.engine_message = complaint.substr(first, complaint.find('\n', first) - first);
    throw corrupt(
        "forge_db: upgrade requires an intact database file, and this one is damaged; restore a copy of it, or save "
        "what "
        "is left with `sqlite3 FILE .recover`; nothing was changed",
        std::move(context));
  }
}

}  // namespace forge_db::migration::detail
