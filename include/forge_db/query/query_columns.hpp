// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/query_traits.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

// A select under a name, which others select from: its row type and its columns.
namespace forge_db {

/// Column `Position` of what a select gives. Row is what stands for the select where a table's row type would.
template <class Row, std::size_t Position>
struct query_column : column<query_column<Row, Position>> {
  using result = std::tuple_element_t<Position, typename Row::columns::tuple>;
  using row_type = Row;
  using value_type = typename result::value_type;
  using storage_type = typename result::storage_type;
  static constexpr std::string_view name = result::name;
  static constexpr std::string_view quoted = result::quoted;
  static constexpr std::size_t index = Position;
  static constexpr bool nullable = result::nullable;
};

/// A name as a value: `"total"_c`.
template <fixed_string Name>
struct column_name {};

namespace literals {

template <fixed_string Name>
[[nodiscard]] constexpr auto operator""_c() {
  return column_name<Name>{};
}

}  // namespace literals

namespace detail {

/// The row type of a select under a name, in a family of names: those of derived tables, or of `with`.
template <class Family, fixed_string Name, class Query>
struct query_row {
  using columns = typename query_traits<Query>::columns;
};

/// The rule of the names in a select that has one.
template <class Query>
consteval void check_named() {
  static_assert(are_named(typename query_traits<Query>::columns{}),
                "forge_db: a select under a name requires each of its columns to have a name of its own; say "
                "as<\"name\">(...)");
}

template <class Row, std::size_t... I>
column_list<query_column<Row, I>...> columns_of_query(std::index_sequence<I...>);

/// How the columns of a select under a name are reached; the base of its handles.
template <class Row>
struct query_columns {
  using row_type = Row;
  using source_tag = void;  // it can stand in from() and join()

  /// `recent[books::title]`: a column that it selects as it is.
  template <column_tag C>
  [[nodiscard]] constexpr auto operator[](C) const {
    constexpr found_column found = find_result<C>(typename Row::columns{});
    static_assert(found.count == 1, "forge_db: a select under a name requires a column that it selects; select it");
    if constexpr (found.count == 1) return query_column<Row, found.position>{};
  }
  /// `recent["total"_c]`: what it calls so by as<"total">(...), or a column of that name.
  template <fixed_string Name>
  [[nodiscard]] constexpr auto operator[](column_name<Name>) const {
    constexpr found_column found = find_named(typename Row::columns{}, Name);
    static_assert(found.count == 1,
                  "forge_db: a select under a name requires a name that it gives; say as<\"name\">(...)");
    if constexpr (found.count == 1) return query_column<Row, found.position>{};
  }
};

}  // namespace detail

template <class Family, fixed_string Name, class Query>
struct table<detail::query_row<Family, Name, Query>> {
  using row_type = detail::query_row<Family, Name, Query>;
  static constexpr std::string_view name = Name;
  static constexpr std::string_view quoted = detail::quoted_name<Name>;
  using columns = decltype(detail::columns_of_query<row_type>(std::make_index_sequence<row_type::columns::size>{}));
  using key = column_list<>;
};

}  // namespace forge_db
