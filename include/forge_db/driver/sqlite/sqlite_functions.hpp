// SPDX-License-Identifier: MIT
#pragma once

// The functions that SQLite does not have: percentiles and distances of vectors. A program that uses
// query/functions/percentile.hpp or vector_distance.hpp includes this in one of its files: connections that are opened
// after the program has started know them then. They are for queries: a view or trigger cannot hold them, so that other
// programs can open the database.

#include <forge_db/driver/sqlite/connection_extension.hpp>
#include <forge_db/driver/sqlite/detail/percentile_function.hpp>
#include <forge_db/driver/sqlite/detail/vector_function.hpp>

#include <sqlite3.h>

namespace forge_db::sqlite {

/// Makes the functions known to a connection that another library opened. Answers a result code of SQLite.
inline int register_functions(sqlite3* connection) {
  int const code = detail::register_percentiles(connection);
  return code != SQLITE_OK ? code : detail::register_distances(connection);
}

namespace detail {

inline constinit connection_extension function_extension{&register_functions};
inline bool const functions_are_added = (add_extension(function_extension), true);

}  // namespace detail
}  // namespace forge_db::sqlite
