// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/row_view.hpp>
#include <forge_db/schema/storage.hpp>

#include <boost/pfr/core.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {

/// A statement without rows.
struct no_rows {
  static constexpr bool returns_rows = false;
  using row_type = void;
  template <class Reader>
  using view_type = void;
};

/// `returning` of expressions, which query/returning.hpp makes.
template <class Row, class Statement, class... Items>
constexpr auto returning_items(Statement const& statement, Items... items) {
  constexpr bool known = requires { returning_of<Row>(statement, items...); };
  static_assert(known, "forge_db: returning() of expressions requires <forge_db/query/returning.hpp>; include it");
  if constexpr (known) return returning_of<Row>(statement, std::move(items)...);
}

/// All columns of a table, decoded into its struct.
template <class Row>
struct whole_row {
  static constexpr bool returns_rows = true;
  using row_type = Row;
  template <class Reader>
  using view_type = row_view<Row, Reader>;

  static constexpr void render(sql_writer& out) { out.text(table<Row>::select_list); }
  template <class Reader>
  static void decode(Reader& reader, Row& row) {
    decode_row<Row>(reader, row);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return (std::same_as<Row, Rows> || ...);
  }
};

/// Some columns, decoded into a tuple.
template <class... Columns>
struct some_columns {
  static constexpr bool returns_rows = true;
  using row_type = std::tuple<column_field<Columns>...>;
  template <class Reader>
  using view_type = row_view<row_type, Reader, column_list<Columns...>>;

  static constexpr void render(sql_writer& out) {
    sql_separator separate;
    ((separate(out), column_ref<Columns>::render(out)), ...);
  }

  template <class Reader>
  static void decode(Reader& reader, row_type& row) {
    static constexpr std::array<std::string_view, sizeof...(Columns)> names{Columns::name...};
    try {
      decode_items(reader, row, std::index_sequence_for<Columns...>{});
    } catch (decode_fault const& fault) {
      name_fault(fault, {}, names);
    }
  }

  template <class... Rows>
  static consteval bool belongs_to() {
    return (column_ref<Columns>::template belongs_to<Rows...>() && ...);
  }

 private:
  template <class Reader, std::size_t... I>
  static void decode_items(Reader& reader, row_type& row, std::index_sequence<I...>) {
    (read_field<typename Columns::storage_type>(reader, static_cast<int>(I), std::get<I>(row)), ...);
  }
};

}  // namespace detail

}  // namespace forge_db
