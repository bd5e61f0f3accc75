// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/shifted_sink.hpp>
#include <forge_db/query/span_fields.hpp>
#include <forge_db/query/subquery.hpp>

#include <array>
#include <concepts>
#include <string_view>
#include <utility>

namespace forge_db {

namespace detail {

template <class... C>
constexpr void render_row_value(sql_writer& out) {
  out.text("(");
  sql_separator separate;
  ((separate(out), column_ref<C>::render(out)), ...);
  out.text(")");
}

template <class Element, class... C>
consteval bool are_values_of() {
  if constexpr (field_count<Element>() != sizeof...(C)) {
    return false;
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (is_value_of<typename C::value_type, field_type<I, Element> const&>() && ...);
    }
    (std::index_sequence_for<C...>{});
  }
}

template <class Element, class... C>
void write_row_value(void const* element, int column, cell_sink& sink) {
  auto const& values = *static_cast<Element const*>(element);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    static_cast<void>(
        ((static_cast<int>(I) == column && (write_named_value<C>(sink, 1, field_of<I>(values)), true)) || ...));
  }
  (std::index_sequence_for<C...>{});
}

}  // namespace detail

/// `(a, b) in (...)`, where the sequence is one parameter.
template <column_tag... C>
struct row_value_in : detail::predicate_base {
  detail::held_span values;

  explicit row_value_in(detail::held_span v) : values(std::move(v)) {}

  static constexpr void render(sql_writer& out) {
    constexpr std::array<std::string_view, sizeof...(C)> arrays{detail::postgres_array<typename C::storage_type>()...};
    detail::render_row_value<C...>(out);
    out.text(" in (select ");
    if (out.is_postgres()) {
      out.text("*");
    } else {
      sql_separator separate;
      for (std::size_t i = 0; i < sizeof...(C); ++i) {
        separate(out);
        out.text("c");
        out.number(i);
      }
    }
    out.text(" from ");
    detail::render_span_cells(out, arrays, false);
    out.text(")");
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    sink.span(index, values.source);
    index += detail::parameters_of<Sink>(values.source);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return (column_ref<C>::template belongs_to<Scope...>() && ...);
  }
};

/// `(a, b) in (select ...)`
template <query_expression Query, column_tag... C>
struct row_value_in_query : detail::predicate_base, detail::holds_query<Query> {
  explicit constexpr row_value_in_query(Query q) : detail::holds_query<Query>{std::move(q)} {}

  static constexpr void render(sql_writer& out) {
    detail::render_row_value<C...>(out);
    out.text(" in ");
    detail::render_query<Query>(out);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return (column_ref<C>::template belongs_to<Scope...>() && ...) &&
           detail::query_traits<Query>::template belongs_within<Scope...>();
  }
};

namespace detail {

template <class... C, class... Results>
consteval bool are_comparable_columns(column_list<C...>, result_list<Results...>) {
  if constexpr (sizeof...(C) != sizeof...(Results)) {
    return false;
  } else {
    return (are_comparable<column_operand<C>, column_values<Results>> && ...);
  }
}

}  // namespace detail

/// Several columns as one value; see row_value().
template <column_tag... C>
struct row_value_of {
  /// A contiguous sequence of tuples, pairs or structs with a field for each column, as one parameter, kept as
  /// column::in() keeps it; or a select of as many columns. An index over the columns is used.
  template <class Values>
  [[nodiscard]] auto in(Values&& values) const {
    if constexpr (detail::is_statement<Values>) {
      using query = std::remove_cvref_t<Values>;
      static_assert(query_expression<query>, "forge_db: in() requires a select; say from which table");
      if constexpr (query_expression<query>) {
        static_assert(
            detail::are_comparable_columns(column_list<C...>{}, typename detail::query_traits<query>::columns{}),
            "forge_db: in() of several columns requires a select of as many, of their types; select others");
        return row_value_in_query<query, C...>(std::forward<Values>(values));
      }
    } else {
      constexpr bool values_of = [] {
        if constexpr (detail::bindable_sequence<Values>) {
          return detail::are_values_of<detail::element_of<Values>, C...>();
        } else {
          return false;
        }
      }();
      static_assert(
          values_of,
          "forge_db: in() of several columns requires a contiguous sequence of tuples or structs with a value "
          "for each, in their order; pass a vector, array or span");
      if constexpr (values_of) {
        detail::held_span held = detail::hold_elements(std::forward<Values>(values));
        held.source.columns = static_cast<int>(sizeof...(C));
        held.source.cell = &detail::write_row_value<detail::element_of<Values>, C...>;
        return row_value_in<C...>(std::move(held));
      }
    }
  }
};

/// Columns that are compared together: `row_value(book_authors::book_id, book_authors::author_id).in(keys)`.
template <class... C>
[[nodiscard]] constexpr auto row_value(C...) {
  constexpr bool columns = sizeof...(C) > 1 && (column_tag<C> && ...);
  static_assert(columns, "forge_db: row_value() requires two columns or more; compare one by itself");
  if constexpr (columns) return row_value_of<C...>{};
}

namespace detail {

template <class C, class Keys>
auto key_in_list(column_list<C>, Keys&& keys) {
  return C{}.in(std::forward<Keys>(keys));
}
template <class... C, class Keys>
auto key_in_list(column_list<C...>, Keys&& keys) {
  return row_value_of<C...>{}.in(std::forward<Keys>(keys));
}

}  // namespace detail

/// The rows whose primary key is one of these: values, or tuples of them where it has several columns. One parameter,
/// and one statement: `remove<BookAuthor>().where(key_in<BookAuthor>(keys))`.
template <table_row Row, class Keys>
[[nodiscard]] auto key_in(Keys&& keys) {
  static_assert(table<Row>::key::size > 0, "forge_db: key_in() requires a table with a key; compare columns");
  return detail::key_in_list(typename table<Row>::key{}, std::forward<Keys>(keys));
}

}  // namespace forge_db
