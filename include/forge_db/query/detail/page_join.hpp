// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/comparison.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/query/from.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/schema/table.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

// Joins of which pages by key can be made: each finds at most one row, so that a row of the first table stays one row
// of the result, and the first table's key tells the rows apart.
namespace forge_db::detail {

/// The columns of Row that a condition compares with one value each: a parameter, or another table's column.
template <class Row, class On>
struct pinned_columns {
  using type = column_list<>;
};
template <class Row, class C, class Right>
struct pinned_columns<Row, comparison<comparison_operator::equal, C, Right>> {
  using type = std::conditional_t<std::same_as<typename C::row_type, Row>, column_list<C>, column_list<>>;
};
template <class Row, class C, class D>
struct pinned_columns<Row, comparison<comparison_operator::equal, C, column_ref<D>>> {
  static constexpr bool left = std::same_as<typename C::row_type, Row>;
  static constexpr bool right = std::same_as<typename D::row_type, Row>;
  using type = std::conditional_t<left && !right, column_list<C>,
                                  std::conditional_t<right && !left, column_list<D>, column_list<>>>;
};
template <class Row, class Left, class Right>
struct pinned_columns<Row, conjunction<Left, Right>> {
  using type =
      decltype(concatenated(typename pinned_columns<Row, Left>::type{}, typename pinned_columns<Row, Right>::type{}));
};

template <class Pinned, class... C>
consteval bool pins([[maybe_unused]] Pinned pinned, column_list<C...>) {
  return sizeof...(C) > 0 && (contains_column<C>(pinned) && ...);
}
template <class Pinned, class... Sets>
consteval bool pins_one_of([[maybe_unused]] Pinned pinned, column_sets<Sets...>) {
  return (pins(pinned, Sets{}) || ...);
}

template <class Join>
consteval bool finds_one_row() {
  using row = typename Join::row_type;
  constexpr bool kept = Join::kind == join_kind::inner || Join::kind == join_kind::left;
  if constexpr (kept && requires { typename table<row>::key; }) {
    using pinned = typename pinned_columns<row, decltype(Join::on)>::type;
    if (pins(pinned{}, typename table<row>::key{})) return true;
    // Among deleted rows, values that are unique otherwise may stand twice.
    if constexpr (!requires { typename table<row>::soft_delete; }) {
      return pins_one_of(pinned{}, typename table<row>::uniques{});
    }
  }
  return false;
}

template <class From>
struct page_joins;
template <class Row, class... Joins>
struct page_joins<from_list<Row, Joins...>> {
  using first = Row;
  static constexpr bool find_one_row = (finds_one_row<Joins>() && ...);
};

template <class Row, class Term>
inline constexpr bool is_order_of = false;
template <class Row, class C, direction Way, nulls Place>
inline constexpr bool is_order_of<Row, order_term<C, Way, Place>> = std::same_as<typename C::row_type, Row>;

/// `"books"."id"`
template <class C>
struct qualified_name {
  static constexpr std::string_view owner = table<typename C::row_type>::quoted;
  static constexpr auto made = [] {
    std::array<char, owner.size() + 1 + C::quoted.size()> text{};
    std::size_t size = 0;
    for (char const c : owner) text[size++] = c;
    text[size++] = '.';
    for (char const c : C::quoted) text[size++] = c;
    return text;
  }();
  static constexpr std::string_view text{made.data(), made.size()};
};

}  // namespace forge_db::detail
