// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/driver/sqlite/options.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>

namespace forge_db {

/// Removes the two files that reading leaves beside a database with a write-ahead log: a connection that may not write
/// makes them, and may not remove them. SQLite does it itself, under its locks, and only when nobody has the database
/// open and the log is empty; so nothing that was committed is touched, and in every other case nothing happens.
inline void tidy_side_files(std::string const& file) noexcept {
  std::error_code missing;
  if (std::filesystem::file_size(file + "-wal", missing) != 0 || missing) return;
  try {
    sqlite::options settings;
    settings.create = false;
    settings.busy_timeout = std::chrono::milliseconds{0};
    sqlite::connection::open(file, settings).schema_cookie();  // the last to close a log removes it
  } catch (...) {  // NOLINT(bugprone-empty-catch): the files are harmless, the next writer removes them
  }
}

}  // namespace forge_db
