// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <sys/stat.h>

#include <cstdint>
#include <string>

namespace forge_db::sqlite::detail {

/// Bytes of the write-ahead log beside the database file; 0 when there is none.
inline std::int64_t log_size(sqlite3* connection) {
  char const* const file = sqlite3_db_filename(connection, "main");
  if (file == nullptr || *file == '\0') return 0;
  struct stat found {};
  return ::stat((std::string(file) + "-wal").c_str(), &found) == 0 ? found.st_size : 0;
}

}  // namespace forge_db::sqlite::detail
