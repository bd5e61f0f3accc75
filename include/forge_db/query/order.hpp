// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>

#include <cstdint>

namespace forge_db {

enum class direction : std::uint8_t { ascending, descending };

enum class nulls : std::uint8_t { lowest, first, last };

namespace detail {

/// The dialects disagree on where NULLs go, so it is said for everything that can be one.
constexpr void render_direction(sql_writer& out, bool nullable, direction way, nulls place) {
  if (way == direction::descending) out.text(" desc");
  if (!nullable) return;
  bool const first = place == nulls::lowest ? way == direction::ascending : place == nulls::first;
  out.text(first ? " nulls first" : " nulls last");
}

constexpr void render_order(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column,
                            bool nullable, direction way, nulls place) {
  out.column(quoted_table, quoted_column);
  render_direction(out, nullable, way, place);
}

}  // namespace detail

/// A term of order_by(): what column.asc() and column.desc() make.
template <column_tag C, direction Way, nulls Place = nulls::lowest>
struct order_term {
  [[nodiscard]] constexpr auto nulls_first() const { return order_term<C, Way, nulls::first>{}; }
  [[nodiscard]] constexpr auto nulls_last() const { return order_term<C, Way, nulls::last>{}; }

  static constexpr void render(sql_writer& out) {
    detail::render_order(out, table<typename C::row_type>::quoted, C::quoted, C::nullable, Way, Place);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Rows...>();
  }
};

template <class T>
inline constexpr bool is_order_term = false;
template <class C, direction Way, nulls Place>
inline constexpr bool is_order_term<order_term<C, Way, Place>> = true;

}  // namespace forge_db
