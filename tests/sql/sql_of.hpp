// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/query.hpp>

#include <string_view>

// The texts of a statement's type, for static_assert: `static_assert(sqlite_of<decltype(q)> == "select ...")`.
template <class S>
inline constexpr std::string_view sqlite_of = forge_db::sql_text<S, forge_db::dialect::sqlite>;
template <class S>
inline constexpr std::string_view postgres_of = forge_db::sql_text<S, forge_db::dialect::postgres>;

/// `where` of a select, from the word on, for a condition's type.
template <class Row, class Condition, forge_db::dialect D = forge_db::dialect::sqlite>
consteval std::string_view where_of() {
  using statement = decltype(forge_db::select<Row>().where(std::declval<Condition>()));
  constexpr std::string_view text = forge_db::sql_text<statement, D>;
  return text.substr(text.find(" where ") + 7);
}

#define FORGE_CONDITION(row, expected_sqlite, expected_postgres, ...)       \
  static_assert(where_of<row, decltype(__VA_ARGS__)>() == expected_sqlite); \
  static_assert(where_of<row, decltype(__VA_ARGS__), forge_db::dialect::postgres>() == expected_postgres)

/// Both texts of a statement.
#define FORGE_TEXTS(expected_sqlite, expected_postgres, ...)          \
  static_assert(sqlite_of<decltype(__VA_ARGS__)> == expected_sqlite); \
  static_assert(postgres_of<decltype(__VA_ARGS__)> == expected_postgres)
