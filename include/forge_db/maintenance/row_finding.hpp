// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db {

/// What keeps a row from being what its schema says. Other programs write such rows, and so does whoever turns foreign
/// keys off.
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

}  // namespace forge_db
