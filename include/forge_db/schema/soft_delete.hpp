// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/fixed_string.hpp>
#include <forge_db/schema/column.hpp>

#include <string_view>

// How a table marks the rows that are removed and stay: table<Row>::soft_delete is one of these. `living` and `deleted`
// are the conditions behind the column's name, `restored` what restore() sets it to; the same texts in both dialects.
namespace forge_db {

/// The column holds since when the row is deleted, and NULL while it lives.
template <column_tag C>
struct deleted_since {
  using column = C;
  static constexpr bool has_time = true;
  static constexpr std::string_view living = " is null";
  static constexpr std::string_view deleted = " is not null";
  static constexpr std::string_view restored = "null";
};

/// The column, a bool, is true for a deleted row. A nullable one is false where it is NULL.
template <column_tag C>
struct deleted_flag {
  using column = C;
  static constexpr bool has_time = false;
  static constexpr std::string_view living = C::nullable ? " is not true" : " = false";
  static constexpr std::string_view deleted = C::nullable ? " is true" : " = true";
  static constexpr std::string_view marked = "true";
  static constexpr std::string_view restored = "false";
};

/// The column, a text or an enum that is not NULL, has one value for deleted rows and gets another one when a row is
/// restored. Both are SQL literals.
template <column_tag C, fixed_string Deleted, fixed_string Restored>
struct deleted_value {
  using column = C;
  static constexpr bool has_time = false;
  static constexpr auto living_text = fixed_string(" <> ") + Deleted;
  static constexpr auto deleted_text = fixed_string(" = ") + Deleted;
  static constexpr std::string_view living = living_text;
  static constexpr std::string_view deleted = deleted_text;
  static constexpr std::string_view marked = Deleted;
  static constexpr std::string_view restored = Restored;
};

}  // namespace forge_db
