// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/forks.hpp>
#include <forge_db/core/dialect.hpp>
#include <forge_db/driver/sqlite/detail/query_recorder.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace forge_db {
class shape_mask;
class statement_slot;
}  // namespace forge_db

namespace forge_db::sqlite {
class connection;
}  // namespace forge_db::sqlite

namespace forge_db::sqlite::detail {

struct statement_record;

/// The part of a connection that its statements and SQLite's callbacks point at, so it stays where it is when the
/// connection moves. It counts the statements that are out: when the connection goes first, the last of them removes
/// the state, and SQLite keeps the closed connection until that statement is finalised (sqlite3_close_v2).
///
/// What a connection and its statements do seldom is behind virtual functions: the file that opens connections compiles
/// it (live_connection.hpp), and the many that only run queries do not.
struct connection_state {
  using join_function = std::string (*)(dialect, shape_mask const&);

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

  connection_state() = default;
  connection_state(connection_state const&) = delete;
  connection_state& operator=(connection_state const&) = delete;
  virtual ~connection_state() = default;

  /// A record for the constant `text` that no free record was found for, kept in the place of `slot` if `keep`.
  virtual statement_record* prepare_constant(connection& self, bool keep, std::size_t slot, std::string_view text) = 0;

  /// A record for a shape that no free record was found for, kept if `keep`. `join` makes the text.
  virtual statement_record* prepare_shape(connection& self, bool keep, statement_slot const& slot,
                                          shape_mask const& mask, join_function join) = 0;

  /// The end of a use that takes more than to mark the record as free.
  virtual void end_use(statement_record& record) noexcept = 0;
  virtual void drop_spans(statement_record& record) noexcept = 0;

  [[noreturn]] virtual void bind_failed(statement_record const& record) = 0;
  [[noreturn]] virtual void refuse_nan(statement_record const& record) = 0;
  [[noreturn]] virtual void step_failed(statement_record& record) = 0;

  void statement_ended() noexcept {
    --statements_out;
    if (closed && statements_out == 0) [[unlikely]] {
      delete this;
    }
  }
};

}  // namespace forge_db::sqlite::detail
