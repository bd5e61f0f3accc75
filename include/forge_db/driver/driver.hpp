// SPDX-License-Identifier: MIT
#pragma once

// Start here: what a database engine has to offer for sessions, repositories and migrations to run on it.
// driver/sqlite/ is the first one.

#include <forge_db/core/dialect.hpp>
#include <forge_db/query/span_source.hpp>
#include <forge_db/schema/slot.hpp>
#include <forge_db/schema/value_kind.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db::driver {

/// A row that codecs read from: columns count from 0, views are valid until the next step or reset.
template <class T>
concept row = requires(T const& row, int column) {
  { row.kind(column) } -> std::same_as<value_kind>;
  { row.is_null(column) } -> std::same_as<bool>;
  { row.int64(column) } -> std::same_as<std::int64_t>;
  { row.float64(column) } -> std::same_as<double>;
  { row.text(column) } -> std::same_as<std::string_view>;
  { row.blob(column) } -> std::same_as<std::span<std::byte const>>;
};

/// A sink that codecs write to: indexes count from 1. Text, bytes and spans are borrowed until reset; scratch() lends
/// memory that lives as long. float64 refuses NaN by invalid_value.
template <class T>
concept sink = requires(T& sink, int index, std::string_view text, std::span<std::byte const> blob) {
  sink.null(index);
  sink.int64(index, std::int64_t{});
  sink.float64(index, double{});
  sink.text(index, text);
  sink.blob(index, blob);
  { sink.scratch(std::size_t{}) } -> std::same_as<std::span<char>>;
};

/// A prepared statement in use: a sink, then, step by step, a row. It goes back to its connection when it ends.
template <class T>
concept statement = row<T> && sink<T> && std::movable<T> && requires(T& statement, span_source const& span) {
  statement.span(int{}, span);
  { statement.step() } -> std::same_as<bool>;
  statement.reset();
  { statement.column_count() } -> std::same_as<int>;
  { statement.column_name(int{}) } -> std::same_as<std::string_view>;
};

/// A connection: it belongs to one thread at a time, keeps prepared statements by slot, and throws the families of
/// core/error.hpp.
///
///     open(path, options), needs_single_connection(path, options)   static
///     prepare(slot, text, size)   the statement for a constant text; never one that is in use
///     prepare(query)              the same for a query, also one of variable shape
///     prepare_once(text)          not kept; the loud way to run text that is no constant
///     begin_read ... rollback_to_savepoint   transactions; those that undo are noexcept
///     make_reusable()             ends what a session left behind; false: close the connection
template <class T>
concept connection = std::movable<T> && statement<typename T::statement_type> &&
    requires(T& connection, statement_slot& slot, char const* constant, std::string_view text,
             typename T::options_type const& options) {
  { T::sql_dialect } -> std::convertible_to<dialect>;
  { connection.prepare(slot, constant, std::size_t{}) } -> std::same_as<typename T::statement_type>;
  { connection.prepare_once(text) } -> std::same_as<typename T::statement_type>;
  connection.execute_script(text);
  { connection.changes() } -> std::same_as<std::int64_t>;
  { connection.in_transaction() } -> std::same_as<bool>;
  connection.begin_read();
  connection.begin_write();
  connection.commit();
  { connection.rollback() }
  noexcept;
  connection.savepoint();
  connection.release_savepoint();
  { connection.rollback_to_savepoint() }
  noexcept;
  connection.refuse_writes();
  { connection.statements_in_use() } -> std::same_as<std::size_t>;
  { connection.make_reusable() }
  noexcept->std::same_as<bool>;
};

}  // namespace forge_db::driver
