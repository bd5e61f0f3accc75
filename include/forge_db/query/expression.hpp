// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <type_traits>

// What an expression is. Columns become expressions when they stand in one (query/operand.hpp).

namespace forge_db {

namespace detail {

/// In which clauses a node may stand.
enum class level : std::uint8_t {
  row,    ///< Everywhere.
  group,  ///< Holds an aggregate: not in where(), a join's condition or group_by().
  window  ///< Holds a window function: in the select list and order_by() only.
};

constexpr level higher(level a, level b) noexcept { return a < b ? b : a; }

// What stands among the tables that belongs_to() is asked about, and changes the question.

/// Columns are asked about as parts of a group: those that are grouped by are named themselves, and what stands within
/// an aggregate need not be.
struct grouped_scope {};

/// The tables are those around a subquery: what it takes from outside has to be among them.
struct outer_scope {};

/// There is a row that could not be inserted: an upsert's.
struct excluded_scope {};

template <class T, class... Scope>
inline constexpr bool is_in_scope = (std::is_same_v<T, Scope> || ...);

/// Base of what has a value in SQL. An expression E has
///     value_type, storage_type                   as a column has them
///     static void render(sql_writer&)            constexpr
///     void bind(Sink&, int& index) const         binds its values in the order of the text
///     static bool belongs_to<Scope...>()         consteval: all its columns are of these tables
///     static bool is_nullable<From>()            consteval: whether it can be NULL in rows of these joined tables
///     static constexpr int strength              how tightly its text binds; conditions have 1 to 4
///     static constexpr detail::level level       in which clauses it may stand
struct expression_base {
  static constexpr int strength = 9;
  static constexpr detail::level level = detail::level::row;
};

}  // namespace detail

/// What has a value: a column in an expression, a bound value, an aggregate, what functions and operators make of them.
template <class E>
concept expression = std::is_base_of_v<detail::expression_base, E>;

}  // namespace forge_db
