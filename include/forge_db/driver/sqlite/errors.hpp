// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/constraint_message.hpp>
#include <forge_db/driver/sqlite/detail/written_table.hpp>

#include <sqlite3.h>

#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db::sqlite {

/// Throws the family that fits an extended result code. `engine_message` is SQLite's text, which may quote a bound
/// value in a few cases (full-text and JSON path syntax); those are cut off. SQLite names nothing for a foreign key:
/// the table is then the one that `sql` writes to, which for a delete is the parent; none at a commit.
[[noreturn]] void throw_error(int extended_code, std::string_view engine_message, std::string_view sql);

/// Throws for the latest failure of a connection.
[[noreturn]] inline void throw_last_error(sqlite3* connection, std::string_view sql) {
  throw_error(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection), sql);
}

namespace detail {

inline std::string without_values(std::string_view message) {
  for (std::string_view const talkative :
       {"fts5: syntax error", "JSON path error", "bad JSON path", "unknown special query"}) {
    if (message.starts_with(talkative)) return std::string(talkative);
  }
  return std::string(message);
}

inline error_code constraint_code(int extended_code) noexcept {
  switch (extended_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
      return error_code::unique_violation;
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
      return error_code::primary_key_violation;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return error_code::foreign_key_violation;
    case SQLITE_CONSTRAINT_NOTNULL:
      return error_code::not_null_violation;
    case SQLITE_CONSTRAINT_CHECK:
      return error_code::check_violation;
    default:
      return error_code::other;
  }
}

inline char const* constraint_text(error_code code) noexcept {
  switch (code) {
    case error_code::unique_violation:
      return "forge_db: a statement would repeat a unique value";
    case error_code::primary_key_violation:
      return "forge_db: a statement would repeat a primary key";
    case error_code::foreign_key_violation:
      return "forge_db: a statement would leave a foreign key without its row";
    case error_code::not_null_violation:
      return "forge_db: a statement would store NULL in a column that refuses it";
    case error_code::check_violation:
      return "forge_db: a statement would break a check constraint";
    default:
      return "forge_db: a statement was refused by a constraint";
  }
}

}  // namespace detail

[[noreturn]] inline void throw_error(int extended_code, std::string_view engine_message, std::string_view sql) {
  error_context context;
  context.sql = sql;
  context.engine_message = detail::without_values(engine_message);
  context.engine_code = extended_code & 0xff;
  context.engine_extended_code = extended_code;
  switch (context.engine_code) {
    case SQLITE_CONSTRAINT: {
      auto names = read_constraint_message(engine_message);
      context.table = std::move(names.table);
      context.column = std::move(names.column);
      context.constraint = std::move(names.constraint);
      auto const code = detail::constraint_code(extended_code);
      if (code == error_code::foreign_key_violation) context.table = detail::written_table(sql);
      throw constraint_violation(code, detail::constraint_text(code), std::move(context));
    }
    case SQLITE_BUSY:
      throw busy("forge_db: another connection holds the database; try again when it is done", std::move(context));
    case SQLITE_LOCKED:
      throw busy("forge_db: a statement of this connection is still using the table", std::move(context));
    case SQLITE_CORRUPT:
      throw corrupt(
          "forge_db: the database file is damaged; restore a copy of it, or save what is left with `sqlite3 FILE "
          ".recover`",
          std::move(context));
    case SQLITE_NOTADB:
      throw corrupt("forge_db: the file is not a database", std::move(context));
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      throw read_only("forge_db: the database cannot be written to", std::move(context));
    case SQLITE_FULL:
      throw disk_full("forge_db: the disk is full; free some space and try again, what was not committed is undone",
                      std::move(context));
    case SQLITE_IOERR:
      throw io_error(
          "forge_db: reading or writing the database file failed; look after the disk and its limits, and try again: "
          "what "
          "was not committed is undone",
          std::move(context));
    case SQLITE_CANTOPEN:
      throw cannot_open("forge_db: a file of the database could not be opened", std::move(context));
    case SQLITE_INTERRUPT:
      throw interrupted("forge_db: the statement was interrupted", std::move(context));
    case SQLITE_TOOBIG:
      throw invalid_value("forge_db: a value is larger than the database allows", std::move(context));
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    default:
      throw sql_error("forge_db: the statement failed", std::move(context));
  }
}

}  // namespace forge_db::sqlite
