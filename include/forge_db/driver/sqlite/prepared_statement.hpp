// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/column_value.hpp>
#include <forge_db/driver/sqlite/detail/statement_record.hpp>
#include <forge_db/driver/sqlite/errors.hpp>
#include <forge_db/query/span_source.hpp>
#include <forge_db/schema/value_kind.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace forge_db::sqlite {

/// A prepared statement in use: bind, step, read, reset. It is the sink that queries bind to and the row that they read
/// from.
///
/// When it ends, one that came from `connection::prepare` goes back to that connection's cache, reset; one from
/// `prepare_once` is finalised. It should end before its connection; when it does not, SQLite keeps the connection's
/// file open until then. It belongs to the thread that uses its connection. A moved-from statement may only be
/// destroyed or assigned to.
class statement {
 public:
  statement(statement&& other) noexcept
      : handle_(std::exchange(other.handle_, nullptr)), record_(std::exchange(other.record_, nullptr)) {}
  statement& operator=(statement&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(record_, other.record_);
    return *this;
  }
  ~statement() {
    if (record_ != nullptr) release();
  }

  // Binding; `index` counts from 1. Text, bytes and spans are BORROWED: they must stay unchanged until reset(), or
  // until the statement ends. Throws sql_error for an index that the statement does not have, invalid_value for a value
  // that is too large; the parameter then keeps its previous value.

  void null(int index) { check(sqlite3_bind_null(handle_, index)); }
  void int64(int index, std::int64_t value) { check(sqlite3_bind_int64(handle_, index, value)); }

  /// Infinities and denormals are stored exactly, -0.0 is stored as 0.0. Throws invalid_value for NaN, which SQLite
  /// would turn into NULL.
  void float64(int index, double value) {
    if (value != value) [[unlikely]]
      record_->state->refuse_nan(*record_);
    check(sqlite3_bind_double(handle_, index, value));
  }

  /// UTF-8 by contract, but stored byte for byte whatever it is; NUL bytes are kept.
  void text(int index, std::string_view value) {
    char const* const data = value.data() != nullptr ? value.data() : "";  // a null pointer would bind NULL
    check(sqlite3_bind_text64(handle_, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
  }

  void blob(int index, std::span<std::byte const> value) {
    void const* const data = value.data() != nullptr ? static_cast<void const*>(value.data()) : "";
    check(sqlite3_bind_blob64(handle_, index, data, value.size(), SQLITE_STATIC));
  }

  /// Binds a sequence as the table `forge_span(?)`; see span_table.hpp.
  void span(int index, span_source const& source);

  /// Memory that stays valid until reset(), for a bound value that has no storage of its own.
  std::span<char> scratch(std::size_t size) { return record_->scratch.take(size); }

  /// Goes to the next row; false when there is none left. Errors: every family of errors.hpp, and whatever a bound
  /// span's cell threw. After an error the statement has to be reset, or end.
  bool step() {
    int const code = sqlite3_step(handle_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) [[unlikely]]
      record_->state->step_failed(*record_);
    return code == SQLITE_ROW;
  }

  /// Makes the statement ready to be bound and stepped again; borrowed values may go. Bindings stay until they are
  /// replaced.
  void reset() noexcept {
    sqlite3_reset(handle_);  // its result repeats the error that step() threw
    record_->scratch.clear();
    if (!record_->spans.empty()) [[unlikely]]
      record_->state->drop_spans(*record_);
  }

  // The current row; `column` counts from 0. See column_value for what the readers promise.

  column_value cell(int column) const noexcept { return column_value(sqlite3_column_value(handle_, column)); }
  value_kind kind(int column) const noexcept { return cell(column).kind(); }
  bool is_null(int column) const noexcept { return cell(column).is_null(); }
  std::int64_t int64(int column) const noexcept { return cell(column).int64(); }
  double float64(int column) const noexcept { return cell(column).float64(); }
  std::string_view text(int column) const noexcept { return cell(column).text(); }
  std::span<std::byte const> blob(int column) const noexcept { return cell(column).blob(); }

  int column_count() const noexcept { return sqlite3_column_count(handle_); }
  std::string_view column_name(int column) const noexcept { return sqlite3_column_name(handle_, column); }
  int parameter_count() const noexcept { return sqlite3_bind_parameter_count(handle_); }
  std::string_view sql() const noexcept { return sqlite3_sql(handle_); }

  /// For what ForgeDB does not cover. The statement keeps owning it.
  sqlite3_stmt* native() const noexcept { return handle_; }

 private:
  friend class connection;

  explicit statement(detail::statement_record* record) noexcept : handle_(record->handle), record_(record) {
    record->in_use = true;
    ++record->state->statements_out;
  }

  void check(int code) const {
    if (code != SQLITE_OK) [[unlikely]]
      record_->state->bind_failed(*record_);
  }

  void release() noexcept {
    reset();
    auto* const state = record_->state;
    if (record_->ends_plainly) [[likely]] {
      record_->in_use = false;
    } else {
      state->end_use(*record_);
    }
    state->statement_ended();
  }

  sqlite3_stmt* handle_;
  detail::statement_record* record_;
};

/// What `connection::prepare` returns.
using prepared = statement;

inline void statement::span(int index, span_source const& source) {
  auto binding = std::make_unique<detail::span_binding>(detail::span_binding{source});
  check(sqlite3_bind_pointer(handle_, index, binding.get(), detail::span_pointer_type, nullptr));
  record_->spans.push_back(std::move(binding));
}

}  // namespace forge_db::sqlite
