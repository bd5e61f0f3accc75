// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/value_kind.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db::sqlite {

/// One column of the current row, valid until the statement is stepped or reset. Looked up once: a checked read asks
/// for the kind, the bytes and their number, and each sqlite3_column_* call would look the column up anew. A value read
/// as another kind than kind() is converted by SQLite's rules; NULL reads as 0 or empty. Views are valid as long as the
/// column is not read as another kind.
class column_value {
 public:
  /// SQLite allows reading the value itself because connections are opened without a mutex.
  explicit column_value(sqlite3_value* value) noexcept : value_(value) {}

  value_kind kind() const noexcept {
    static constexpr value_kind kinds[] = {value_kind::null, value_kind::integer, value_kind::real,
                                           value_kind::text, value_kind::blob,    value_kind::null};
    static_assert(SQLITE_INTEGER == 1 && SQLITE_FLOAT == 2 && SQLITE_TEXT == 3 && SQLITE_BLOB == 4 && SQLITE_NULL == 5);
    return kinds[sqlite3_value_type(value_)];
  }
  bool is_null() const noexcept { return sqlite3_value_type(value_) == SQLITE_NULL; }
  std::int64_t int64() const noexcept { return sqlite3_value_int64(value_); }
  double float64() const noexcept { return sqlite3_value_double(value_); }
  std::string_view text() const noexcept {
    auto const* const data = reinterpret_cast<char const*>(sqlite3_value_text(value_));
    return {data, static_cast<std::size_t>(sqlite3_value_bytes(value_))};
  }
  std::span<std::byte const> blob() const noexcept {
    auto const* const data = static_cast<std::byte const*>(sqlite3_value_blob(value_));
    return {data, static_cast<std::size_t>(sqlite3_value_bytes(value_))};
  }

 private:
  sqlite3_value* value_;
};

}  // namespace forge_db::sqlite
