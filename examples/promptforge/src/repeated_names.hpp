// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/operations.hpp>

#include <string>

namespace promptforge_db {

/// Whose names are to be told apart, as SQL written by hand.
struct repeated_names {
  std::string thing;       ///< for the notes
  std::string duplicates;  ///< rowid, id and name of some of the rows whose name belongs to another one
  std::string taken;       ///< a row if the name ?1 belongs to another row than ?2 beside which it would stand
  std::string rename;      ///< gives the name ?1 to the row ?2
};

/// Gives the duplicates a number, such as "Notes (2)", and tells of the first 50 of them.
forge_db::migration::step_result number_repeated_names(forge_db::sqlite::connection& connection,
                                                       repeated_names const& names);

}  // namespace promptforge_db
