// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace forge_db {

/// One run of a statement, as it is told to a query_hook. What it points to is valid during the call.
struct query_event {
  std::string_view sql;  ///< With its placeholders: never a value.
  std::chrono::nanoseconds
      duration{};                  ///< From its first step to its end; what the caller did between two rows counts.
  std::int64_t rows = 0;           ///< Rows that it gave.
  std::int64_t changed = 0;        ///< Rows that it inserted, updated or deleted; those of triggers not counted.
  error const* failure = nullptr;  ///< What is about to be thrown; null when all went well.
  std::string_view with_values{};  ///< The text with its values in it, when the driver's options ask for that.
};

/// Called once for each run of a statement that ForgeDB prepared, at its end: begin, commit and savepoints, too, and
/// with a duration of zero for a text that cannot be prepared. Each connection has a copy of the function and calls it
/// on the thread that uses the connection, so several calls may run at once: share what it writes to, and guard it.
/// It must not throw (what it throws is dropped) and must not use the database. Not told of: what SQLite runs by
/// itself (triggers count with their statement, full-text tables not at all), the settings of a fresh connection, and
/// statements made with native().
using query_hook = std::function<void(query_event const&)>;

}  // namespace forge_db
