// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/forks.hpp>
#include <forge_db/driver/sqlite/detail/query_recorder.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace forge_db::sqlite::detail {

/// The part of a connection that its statements and SQLite's callbacks point at, so it stays where it is when the
/// connection moves. It counts the statements that are out: when the connection goes first, the last of them removes
/// the state, and SQLite keeps the closed connection until that statement is finalised (sqlite3_close_v2).
struct connection_state {
  sqlite3* handle = nullptr;
  std::size_t statements_out = 0;
  bool closed = false;
  bool has_deadline = false;
  std::chrono::steady_clock::time_point deadline{};
  std::chrono::milliseconds busy_timeout{};
  std::int64_t log_limit = -1;  // bytes; the log is emptied after a write that left it longer. -1: never
  std::function<void(std::string_view)> trace{};
  std::unique_ptr<query_recorder> recorder{};  // null: nobody asked

  forge_db::detail::process_mark process{};  // SQLite's locks and its journal belong to that process

  void statement_ended() noexcept {
    --statements_out;
    if (closed && statements_out == 0) [[unlikely]] {
      delete this;
    }
  }
};

}  // namespace forge_db::sqlite::detail
