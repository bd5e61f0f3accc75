// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/update_each_statement.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <utility>

namespace forge_db {

namespace detail {

template <class Element, class Keys, class Sets>
inline constexpr bool fits_update = false;
template <class Element, class... Keys, class... Sets>
inline constexpr bool fits_update<Element, span_field_list<Keys...>, span_field_list<Sets...>> =
    (is_field_of<typename Keys::column, value_type_of_field<Keys, Element>> && ...) &&
    (!may_be_null<value_type_of_field<Keys, Element>> && ...) &&
    (is_field_of<typename Sets::column, value_type_of_field<Sets, Element>> && ...);

template <class Row, class Element, class Keys, class Sets>
auto make_update_each(held_span const& rows) {
  constexpr bool fits = fits_update<Element, Keys, Sets>;
  static_assert(
      fits,
      "forge_db: update_each() requires elements whose fields are values of by()'s and set()'s columns, in their "
      "order; the key's cannot be missing");
  if constexpr (fits) return update_each_statement<Row, Element, Keys, Sets>(rows);
}

template <std::size_t First, class... C, std::size_t... I>
span_field_list<span_field<C, First + I>...> fields_from(column_list<C...>, std::index_sequence<I...>);
template <class... C>
span_field_list<span_field<C, C::index>...> fields_of_row(column_list<C...>);

template <class Row, class... C>
consteval void check_set_columns() {
  static_assert((columns_belong_to<column_ref<C>, Row>() && ...),
                "forge_db: set() requires columns of the updated table; leave the others out");
  static_assert((!is_generated<C> && ...),
                "forge_db: set() requires columns that are not generated; the database computes them");
  static_assert(are_distinct(column_list<C...>{}),
                "forge_db: set() requires each column to be named once; remove one of them");
}

}  // namespace detail

/// What update_each(rows).by(columns...) gives: say set(columns...) next.
template <class Element, class... Keys>
struct update_each_by {
  using row = typename std::tuple_element_t<0, std::tuple<Keys...>>::row_type;
  detail::held_span rows;

  /// The element's fields behind those of by() go to these columns. An unset patch leaves the column as it is, and an
  /// empty optional where the column cannot be NULL.
  template <class... C>
  [[nodiscard]] auto set(C...) const {
    constexpr bool columns = sizeof...(C) > 0 && (column_tag<C> && ...);
    static_assert(columns,
                  "forge_db: set() of a span requires columns as its arguments; name them, as in books::title");
    if constexpr (columns) {
      detail::check_set_columns<row, C...>();
      constexpr bool counted = detail::field_count<Element>() == sizeof...(Keys) + sizeof...(C);
      static_assert(counted,
                    "forge_db: update_each() requires elements with one field for each column of by() and set(); add "
                    "or remove fields, or name other columns");
      if constexpr (counted) {
        using keys = decltype(detail::fields_from<0>(column_list<Keys...>{}, std::index_sequence_for<Keys...>{}));
        using sets =
            decltype(detail::fields_from<sizeof...(Keys)>(column_list<C...>{}, std::index_sequence_for<C...>{}));
        return detail::make_update_each<row, Element, keys, sets>(rows);
      }
    }
  }
};

/// What update_each(rows) gives.
template <class Element>
struct update_each_start {
  detail::held_span rows;

  /// The element's first fields find the row: those of the primary key or of a unique constraint.
  template <class First, class... More>
  [[nodiscard]] auto by(First, More...) const {
    constexpr bool columns = column_tag<First> && (column_tag<More> && ...);
    static_assert(columns, "forge_db: by() requires columns as its arguments; name them, as in books::title");
    if constexpr (columns) {
      static_assert(
          detail::identifies_row<typename First::row_type, column_list<First, More...>>,
          "forge_db: by() requires the columns of the primary key or of a unique constraint; name all of them");
      return update_each_by<Element, First, More...>{rows};
    }
  }

  /// Of whole rows, which are found by their primary key: these columns are written.
  template <class... C>
  [[nodiscard]] auto set(C...) const {
    static_assert(table_row<Element>, "forge_db: set() of a span requires by() before it; say by which columns");
    if constexpr (table_row<Element>) {
      detail::check_set_columns<Element, C...>();
      static_assert(sizeof...(C) > 0 && (!detail::is_key_column<Element, C> && ...),
                    "forge_db: set() of whole rows requires columns that are not of the key, which finds the row; "
                    "leave the key out");
      using keys = decltype(detail::fields_of_row(typename table<Element>::key{}));
      return detail::make_update_each<Element, Element, keys, decltype(detail::fields_of_row(column_list<C...>{}))>(
          rows);
    }
  }
};

/// Updates many rows by one statement and one parameter: a contiguous sequence of what each row takes. Elements are
/// tuples or structs whose fields are the columns of by() and set(), or whole rows.
///
///     struct scored { BookId id; double score; };
///     session.execute(update_each(scores).by(books::id).set(books::score));
///     session.execute(update_each(changed_books).set(books::title, books::score));
///
/// The sequence is kept as column::in() keeps it. Elements without a row change nothing; of several for one row any
/// wins. Columns with `on_update: now` are set too.
template <class Rows>
[[nodiscard]] auto update_each(Rows&& rows) {
  static_assert(detail::bindable_sequence<Rows>,
                "forge_db: update_each() requires a contiguous sequence; pass a vector, array or span");
  if constexpr (detail::bindable_sequence<Rows>) {
    static_assert(!view_row<detail::element_of<Rows>>,
                  "forge_db: update_each() requires a table; the rows are of a view, which is only read");
    return update_each_start<detail::element_of<Rows>>{detail::hold_elements(std::forward<Rows>(rows))};
  }
}

}  // namespace forge_db
