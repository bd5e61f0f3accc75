// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/list.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db {

/// What keeps a row from being what its schema says. Other programs write such rows, and so did ours while foreign keys
/// were off.
enum class row_problem {
  dangling_key,   ///< a foreign key that names no row
  missing,        ///< NULL in a column that must have a value
  wrong_type,     ///< a number where text belongs, and so on
  not_json,       ///< text that cannot be parsed as JSON
  not_timestamp,  ///< text that no form of a time stamp explains
  not_date,
  not_uuid
};

std::string_view to_text(row_problem problem);

/// All rows of one column with one problem. Holds no value: what a program could not read may still be a secret.
struct row_finding {
  std::string table;
  std::string column;  ///< of a key of several columns all of them, with commas
  row_problem problem = row_problem::dangling_key;
  std::string expected;                 ///< in words: the parent's table, or what should be there
  std::int64_t rows = 0;                ///< how many
  std::vector<std::string> examples{};  ///< at most 5: primary keys, or `rowid 7` where that is odd itself
};

/// "prompts.project_id: 2 rows refer to no row of projects: 3f25..., 77aa..."
std::string describe(row_finding const& finding);

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
