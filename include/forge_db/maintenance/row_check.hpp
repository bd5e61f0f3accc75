// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/maintenance/row_finding.hpp>
#include <forge_db/migration/list.hpp>

#include <vector>

namespace forge_db {

/// Compares the rows of the lists' tables with what their columns and foreign keys promise, in the order of the lists.
/// Such rows are legal: nothing refuses them until somebody reads or writes them, and nothing is changed here. Tables
/// and columns that are missing are `verify`'s to tell, and left out. Not looked at are the names of enums, and ranges.
///
/// Reads every row of every table once, so it is for upgrades and check-ups, not for every start; memory does not grow
/// with the rows. All of it is one moment of the database: inside the caller's transaction, if there is one. Errors:
/// those of reading.
std::vector<row_finding> check_rows(sqlite::connection& connection, std::vector<migration::list const*> const& schemas);

}  // namespace forge_db

#include <forge_db/maintenance/detail/row_check_body.hpp>  // IWYU pragma: export
