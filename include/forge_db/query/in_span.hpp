// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/parameter.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/query/span_source.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {

/// A statement in the place of values.
template <class Values>
inline constexpr bool is_statement = requires {
  std::remove_cvref_t<Values>::returns_rows;
};

/// `operand in (select ...)`, which query/subquery.hpp makes.
template <bool Negated, class Operand, class Query>
constexpr auto in_statement(Operand operand, Query query) {
  constexpr bool known = requires { in_query_of<Negated>(operand, query); };
  static_assert(known, "forge_db: in() of a select requires <forge_db/query/subquery.hpp>; include it");
  if constexpr (known) return in_query_of<Negated>(std::move(operand), std::move(query));
}

/// A sequence whose elements were erased: borrowed, or kept alive by the statement.
struct held_span {
  span_source source{};
  std::shared_ptr<void const> owner{};
};

/// True for a sequence that in(), insert() and the like can bind: contiguous, of known size. (<ranges> would say it for
/// 0.15 s a file.)
template <class Values>
concept bindable_sequence = requires(Values& values) {
  requires std::is_pointer_v<decltype(std::data(values))>;
  { std::size(values) } -> std::convertible_to<std::size_t>;
  requires !std::convertible_to<Values, std::string_view>;
};

/// A view, whose elements outlive it.
template <class Values>
inline constexpr bool is_view = false;
template <class T, std::size_t Extent>
inline constexpr bool is_view<std::span<T, Extent>> = true;

template <class Element>
held_span borrow_span(Element const* data, std::size_t count, int columns, void (*cell)(void const*, int, cell_sink&)) {
  return {span_source{data, count, sizeof(Element), columns, cell}, nullptr};
}

/// Borrows an lvalue, a view or a span; keeps an rvalue container.
template <bindable_sequence Values>
held_span hold_span(Values&& values, int columns, void (*cell)(void const*, int, cell_sink&)) {
  if constexpr (std::is_lvalue_reference_v<Values> || is_view<std::remove_cv_t<Values>>) {
    return borrow_span(std::data(values), std::size(values), columns, cell);
  } else {
    auto kept = std::make_shared<std::remove_cvref_t<Values> const>(std::forward<Values>(values));
    held_span held = borrow_span(std::data(*kept), std::size(*kept), columns, cell);
    held.owner = std::move(kept);
    return held;
  }
}

/// Writes one element as a T, stored as Storage says.
template <class T, class Storage, class Element>
void write_element_as(void const* element, int, cell_sink& sink) {
  bind_held<Storage, T>(sink, 1, hold<T>(*static_cast<Element const*>(element)));
}
/// The same as a value of column C, by whose name it is refused.
template <class C, class Element>
void write_element(void const* element, int column, cell_sink& sink) {
  try {
    write_element_as<typename C::value_type, typename C::storage_type, Element>(element, column, sink);
  } catch (invalid_value const& refused) {
    name_refused(refused, table<typename C::row_type>::name, C::name);
  }
}

template <class Values>
using element_of = std::remove_cvref_t<decltype(*std::data(std::declval<Values&>()))>;

template <class C, class Values>
consteval bool lists_values_of() {
  if constexpr (bindable_sequence<Values>) {
    return is_value_of<typename C::value_type, element_of<Values> const&>();
  } else {
    return false;
  }
}

}  // namespace detail

namespace detail {

/// What stands behind the operand of in().
constexpr void render_in_list(sql_writer& out, bool negated) {
  if (out.is_postgres()) {
    out.text(negated ? " <> all(" : " = any(");
    out.parameter();
    out.text(")");
  } else {
    out.text(negated ? " not in (select c0 from forge_span(" : " in (select c0 from forge_span(");
    out.parameter();
    out.text("))");
  }
}

constexpr void render_in(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column, bool negated) {
  out.column(quoted_table, quoted_column);
  render_in_list(out, negated);
}

}  // namespace detail

/// `column in (...)` where the sequence is one parameter, whatever its length. An empty one holds nothing.
template <column_tag C, bool Negated>
struct in_span : detail::predicate_base {
  detail::held_span values;

  explicit in_span(detail::held_span v) : values(std::move(v)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_in(out, table<typename C::row_type>::quoted, C::quoted, Negated);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    sink.span(index++, values.source);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Rows...>();
  }
};

}  // namespace forge_db
