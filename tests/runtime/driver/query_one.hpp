// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>

#include <cstdint>
#include <string>
#include <string_view>

/// The first column of the first row.
inline std::string query_text(forge_db::sqlite::connection& connection, std::string_view sql) {
  auto statement = connection.prepare_once(sql);
  return statement.step() ? std::string(statement.text(0)) : "(no row)";
}

inline std::int64_t query_int(forge_db::sqlite::connection& connection, std::string_view sql) {
  auto statement = connection.prepare_once(sql);
  return statement.step() ? statement.int64(0) : -1;
}
