// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <atomic>

namespace forge_db::sqlite {

/// What every connection of ForgeDB gets when it is opened, beside `forge_span`: functions of a header that a program
/// includes by itself. It has to live as long as the program.
struct connection_extension {
  /// Answers a result code of SQLite; other than SQLITE_OK, opening throws sql_error.
  int (*install)(sqlite3* connection);
  connection_extension* next = nullptr;
};

namespace detail {

inline constinit std::atomic<connection_extension*> connection_extensions{nullptr};

}  // namespace detail

/// Adds an extension for connections that are opened from now on. Any thread may call it, once for an extension.
inline void add_extension(connection_extension& extension) noexcept {
  extension.next = detail::connection_extensions.load(std::memory_order_relaxed);
  while (!detail::connection_extensions.compare_exchange_weak(extension.next, &extension, std::memory_order_release,
                                                              std::memory_order_relaxed)) {
  }
}

}  // namespace forge_db::sqlite
