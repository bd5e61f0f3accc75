// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>

#include <set>
#include <string>

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

}  // namespace forge_db::migration::detail
