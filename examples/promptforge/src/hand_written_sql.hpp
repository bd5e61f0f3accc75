// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/sqlite.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace promptforge_db {

/// The way past typed queries: SQL written by hand, for what the query language of this release cannot say (joins,
/// group by, window functions). `text` is a constant of this program; values go through `values`, bound in order.
/// Answers how many rows changed.
inline std::int64_t run_hand_written_sql(forge_db::sqlite::connection& connection, std::string_view text,
                                         std::initializer_list<std::string_view> values = {}) {
  auto statement = connection.prepare_once(text);
  int index = 0;
  for (std::string_view const value : values) statement.text(++index, value);
  while (statement.step()) {
  }
  return connection.changes();
}

/// "1 row", "2 rows", for the notes of data steps.
inline std::string counted(std::int64_t number, std::string_view thing) {
  return std::to_string(number) + ' ' + std::string(thing) + (number == 1 ? "" : "s");
}

}  // namespace promptforge_db
