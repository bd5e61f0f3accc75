// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace forge_db {

/// What went wrong, as one value. Each code but the constraint codes belongs to the class of the same name below.
enum class error_code {
  // constraint_violation
  unique_violation,
  primary_key_violation,
  foreign_key_violation,
  not_null_violation,
  check_violation,
  other,  // a constraint of another kind: raise(abort) in a trigger, a strict table's types
  // one class each
  busy,
  not_found,
  too_many_rows,
  stale_row,
  corrupt,
  read_only,
  disk_full,
  io_error,
  cannot_open,
  interrupted,
  session_misuse,
  decode_error,
  invalid_value,
  migration_failed,
  bad_cursor,
  quota_exceeded,  // forge_db/repository/quota.hpp
  not_supported,
  connection_lost,
  sql_error,
};

/// Where it went wrong; what is not known stays empty.
/// Whoever fills it keeps row values and secrets out: `engine_message` must be the engine's primary message only
/// (PostgreSQL puts values into DETAIL), `sql` the text with its placeholders.
struct error_context {
  std::string sql{};
  std::string table{};
  std::string column{};
  std::string constraint{};
  std::string engine_message{};
  int engine_code = 0;
  int engine_extended_code = 0;
};

/// The base of everything that ForgeDB throws, except std::bad_alloc.
/// what() is our text, then the place and the engine's text, each in brackets of its own:
/// `forge_db: insert() would repeat a unique value [books.isbn] [engine 2067: UNIQUE constraint failed: books.isbn]`.
/// It never holds row values but the key of a stale row. Copies share the context, so copying does not throw.
class error : public std::runtime_error {
 public:
  error(error_code code, std::string const& message, error_context context = {})
      : std::runtime_error(compose(message, context)),
        code_(code),
        message_length_(message.size()),
        context_(std::make_shared<error_context const>(std::move(context))) {}

  [[nodiscard]] error_code code() const noexcept { return code_; }
  [[nodiscard]] error_context const& context() const noexcept { return *context_; }

  /// Our text alone: what a caller who knows more of the context passes on when it throws again.
  [[nodiscard]] std::string message() const { return std::string(what(), message_length_); }

 private:
  static std::string compose(std::string const& message, error_context const& context);

  error_code code_;
  std::size_t message_length_;
  std::shared_ptr<error_context const> context_;
};

/// A constraint of the database refused a row. code() says which kind; context() names table, columns and constraint
/// as far as the engine tells. `column` lists several columns with ", " between them.
class constraint_violation : public error {
 public:
  using error::error;
};

namespace detail {

/// An error family with one code.
template <error_code Code>
class error_of : public error {
 public:
  explicit error_of(std::string const& message, error_context context = {})
      : error(Code, message, std::move(context)) {}
};

}  // namespace detail

/// Another process holds the lock, for longer than the busy timeout and the retries.
class busy : public detail::error_of<error_code::busy> {
  using error_of::error_of;
};

/// A row that had to be there is not.
class not_found : public detail::error_of<error_code::not_found> {
  using error_of::error_of;
};

/// One row was asked for and more came.
class too_many_rows : public detail::error_of<error_code::too_many_rows> {
  using error_of::error_of;
};

/// The row was changed by someone else since it was read.
class stale_row : public detail::error_of<error_code::stale_row> {
 public:
  using error_of::error_of;
  stale_row(std::string const& message, std::int64_t expected, std::int64_t found, error_context context = {})
      : error_of(message, std::move(context)), expected_(expected), found_(found) {}

  /// The version that the caller had read, and the one that the row has.
  [[nodiscard]] std::int64_t expected() const noexcept { return expected_; }
  [[nodiscard]] std::int64_t found() const noexcept { return found_; }

 private:
  std::int64_t expected_ = 0;
  std::int64_t found_ = 0;
};

/// The file is damaged, or is not a database.
class corrupt : public detail::error_of<error_code::corrupt> {
  using error_of::error_of;
};

/// A write to what is read-only: the file, the connection, or the session.
class read_only : public detail::error_of<error_code::read_only> {
  using error_of::error_of;
};

class disk_full : public detail::error_of<error_code::disk_full> {
  using error_of::error_of;
};

/// Reading or writing failed below the engine.
class io_error : public detail::error_of<error_code::io_error> {
  using error_of::error_of;
};

class cannot_open : public detail::error_of<error_code::cannot_open> {
  using error_of::error_of;
};

/// The deadline passed, or interrupt() was called.
class interrupted : public detail::error_of<error_code::interrupted> {
  using error_of::error_of;
};

/// Sessions nested, or used after their end: an error in the calling program.
class session_misuse : public detail::error_of<error_code::session_misuse> {
  using error_of::error_of;
};

/// What the database holds does not fit the C++ type; context() names table and column, never the value.
class decode_error : public detail::error_of<error_code::decode_error> {
  using error_of::error_of;
};

/// A value was refused before it reached the database: NaN, a year 10000, text that is not JSON.
class invalid_value : public detail::error_of<error_code::invalid_value> {
  using error_of::error_of;
};

class migration_failed : public detail::error_of<error_code::migration_failed> {
  using error_of::error_of;
};

/// A page cursor that was cut or altered, or that is of another list, order or version.
class bad_cursor : public detail::error_of<error_code::bad_cursor> {
  using error_of::error_of;
};

/// Planned, and not built in this version; the message ends with "not supported yet".
class not_supported : public detail::error_of<error_code::not_supported> {
  using error_of::error_of;
};

/// The server went away; nothing throws it before there is a server to lose.
class connection_lost : public detail::error_of<error_code::connection_lost> {
  using error_of::error_of;
};

/// Everything else that the engine reports.
class sql_error : public detail::error_of<error_code::sql_error> {
  using error_of::error_of;
};

inline std::string error::compose(std::string const& message, error_context const& context) {
  std::string text = message;
  if (!context.table.empty() || !context.column.empty()) {
    text += " [";
    text += context.table;
    if (!context.table.empty() && !context.column.empty()) text += '.';
    text += context.column;
    text += ']';
  }
  if (!context.constraint.empty()) text += " [constraint " + context.constraint + ']';
  if (!context.engine_message.empty()) {
    int const engine_code = context.engine_extended_code != 0 ? context.engine_extended_code : context.engine_code;
    text += " [engine";
    if (engine_code != 0) text += ' ' + std::to_string(engine_code);
    text += ": " + context.engine_message + ']';
  }
  return text;
}

}  // namespace forge_db
