// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/date.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/schema/column.hpp>
#include <forge_db/schema/table.hpp>

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <string_view>

// Questions about the columns of a table, answered at compile time.
namespace forge_db::detail {

template <class C, class... Columns>
consteval bool contains_column(column_list<Columns...>) {
  return (std::same_as<C, Columns> || ...);
}

template <class C, class... Columns>
consteval std::size_t occurrences() {
  return ((std::same_as<C, Columns> ? std::size_t{1} : std::size_t{0}) + ... + 0);
}

/// True if both lists hold the same columns, in whatever order.
template <class... A, class... B>
consteval bool same_columns(column_list<A...>, column_list<B...>) {
  return sizeof...(A) == sizeof...(B) && (contains_column<A>(column_list<B...>{}) && ...);
}

template <class... Columns>
consteval bool are_distinct(column_list<Columns...>) {
  return ((occurrences<Columns, Columns...>() == 1) && ...);
}

template <class Row, class C>
inline constexpr bool is_key_column = contains_column<C>(typename table<Row>::key{});

/// True if the columns are the primary key or a unique constraint of the table.
template <class Row, class Columns, class... Sets>
consteval bool is_one_of(column_sets<Sets...>) {
  return same_columns(Columns{}, typename table<Row>::key{}) || (same_columns(Columns{}, Sets{}) || ...);
}
template <class Row, class Columns>
inline constexpr bool identifies_row = is_one_of<Row, Columns>(typename table<Row>::uniques{});

/// What patch_type leaves out beside the key: columns that only the repository writes.
template <class Row>
inline constexpr std::size_t kept_count = 0;
template <class Row>
  requires requires { typename table<Row>::kept; }
inline constexpr std::size_t kept_count<Row> = table<Row>::kept::size;

/// True if patch_type has column C.
template <class Row, class C>
consteval bool is_patched() {
  if constexpr (requires { typename table<Row>::kept; }) {
    if (contains_column<C>(typename table<Row>::kept{})) return false;
  }
  return !is_key_column<Row, C>;
}

/// Where column C is in patch_type.
template <class C, class... Columns>
consteval std::size_t patch_position(column_list<Columns...>) {
  using row = typename C::row_type;
  return ((Columns::index < C::index && is_patched<row, Columns>() ? std::size_t{1} : std::size_t{0}) + ... + 0);
}

/// Columns whose default only the database can compute: left out of an insert when unset.
template <class Row>
consteval auto database_defaults_of() {
  if constexpr (requires { typename table<Row>::database_defaults; }) {
    return typename table<Row>::database_defaults{};
  } else {
    return column_list<>{};
  }
}
template <class Row>
using database_defaults = decltype(database_defaults_of<Row>());

/// The columns that a program writes. The generated ones stand behind them in the row.
template <class Row>
consteval auto written_columns_of() {
  if constexpr (requires { typename table<Row>::written; }) {
    return typename table<Row>::written{};
  } else {
    return typename table<Row>::columns{};
  }
}
template <class Row>
using written_columns = decltype(written_columns_of<Row>());

template <class C>
inline constexpr bool is_generated = requires {
  requires C::is_generated;
};

template <class C>
inline constexpr bool has_client_default = requires {
  table<typename C::row_type>::default_value(C{});
};

template <class... Columns>
consteval auto names_of(column_list<Columns...>) {
  return std::array<std::string_view, sizeof...(Columns)>{Columns::name...};
}
template <class Columns>
inline constexpr auto column_names = names_of(Columns{});

/// The current time as a T, for columns that every update refreshes.
template <class T>
T current_time() {
  if constexpr (std::same_as<T, date>) {
    return date(std::chrono::floor<std::chrono::days>(timestamp::now().time_point()));
  } else {
    return timestamp::now();
  }
}

}  // namespace forge_db::detail
