// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/column.hpp>
#include <forge_db/schema/storage.hpp>
#include <forge_db/schema/table.hpp>

#include <concepts>
#include <optional>
#include <type_traits>

namespace forge_db {

/// A column as the operand of a condition or as a part of a result.
template <column_tag C>
struct column_ref {
  using value_type = typename C::value_type;

  static constexpr void render(sql_writer& out) { out.column(table<typename C::row_type>::quoted, C::quoted); }
  template <class Sink>
  void bind(Sink&, int&) const {}
  /// Of one of the tables, or one of the columns themselves: those of a group.
  template <class... Scope>
  static consteval bool belongs_to() {
    return ((std::same_as<typename C::row_type, Scope> || std::same_as<C, Scope>) || ...);
  }
};

/// The type of a column's field in its row: optional if the column is nullable, or lenient.
template <column_tag C>
using column_field = std::conditional_t<C::nullable || detail::is_lenient<typename C::storage_type>,
                                        std::optional<typename C::value_type>, typename C::value_type>;

}  // namespace forge_db
