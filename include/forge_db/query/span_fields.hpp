// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/insert_piece.hpp>
#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/parameter.hpp>
#include <forge_db/query/write_field.hpp>

#include <boost/pfr/core.hpp>
#include <boost/pfr/tuple_size.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>

// The fields of a span's elements (tuples, pairs, structs), seen as columns of a table.
namespace forge_db::detail {

template <class Element>
inline constexpr bool is_tuple_like = requires {
  std::tuple_size<Element>::value;
};

template <class Element>
consteval std::size_t field_count() {
  if constexpr (is_tuple_like<Element>) {
    return std::tuple_size_v<Element>;
  } else if constexpr (std::is_aggregate_v<Element>) {
    return boost::pfr::tuple_size_v<Element>;
  } else {
    return 0;
  }
}

template <std::size_t Position, class Element>
constexpr auto const& field_of(Element const& element) {
  if constexpr (is_tuple_like<Element>) {
    return std::get<Position>(element);
  } else {
    return boost::pfr::get<Position>(element);
  }
}
template <std::size_t Position, class Element>
using field_type = std::remove_cvref_t<decltype(field_of<Position>(std::declval<Element const&>()))>;

/// Binds a field as a value of column C.
template <class C, class Sink, class T>
void write_value_of(Sink& sink, int index, T const& field) {
  using value_type = typename C::value_type;
  if constexpr (std::same_as<T, value_type>) {
    codec<value_type, typename C::storage_type>::write(sink, index, field);
  } else {
    bind_held<typename C::storage_type, value_type>(sink, index, hold<value_type>(field));
  }
}
template <class C, class Sink, class T>
void write_value_of(Sink& sink, int index, std::optional<T> const& field) {
  if (field) {
    write_value_of<C>(sink, index, *field);
  } else {
    sink.null(index);
  }
}
template <class C, class Sink, class T>
void write_value_of(Sink& sink, int index, patch<T> const& field) {
  if (field.has_value()) {
    write_value_of<C>(sink, index, field.value());
  } else {
    sink.null(index);
  }
}

/// As above; throws invalid_value, naming the column, for what is refused.
template <class C, class Sink, class T>
void write_named_value(Sink& sink, int index, T const& field) {
  try {
    write_value_of<C>(sink, index, field);
  } catch (invalid_value const& refused) {
    name_refused(refused, table<typename C::row_type>::name, C::name);
  }
}

/// True if a T, or what an optional or a patch of it holds, is a value of column C.
template <class C, class T>
inline constexpr bool is_field_of = is_value_of<typename C::value_type, T const&>();
template <class C, class T>
inline constexpr bool is_field_of<C, std::optional<T>> = is_field_of<C, T>;
template <class C, class T>
inline constexpr bool is_field_of<C, patch<T>> = is_field_of<C, T>;

/// `forge_span(?) as new_rows`, or the arrays that PostgreSQL takes in its place: a parameter for each cell.
constexpr void render_span_cells(sql_writer& out, std::span<std::string_view const> arrays, bool named) {
  if (!out.is_postgres()) {
    out.text("forge_span(");
    out.parameter();
    out.text(")");
    if (named) out.text(" as new_rows");
    return;
  }
  out.text("unnest(");
  sql_separator separate;
  for (std::string_view const array : arrays) {
    separate(out);
    out.parameter();
    out.text(array);
  }
  out.text(")");
  if (!named) return;
  out.text(" as new_rows(");
  sql_separator separate_names;
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    separate_names(out);
    out.text("c");
    out.number(i);
  }
  out.text(")");
}

/// Column `cell` of the span.
constexpr void render_cell(sql_writer& out, std::size_t cell) {
  out.text("new_rows.c");
  out.number(cell);
}

/// A span whose cells are not known yet.
template <class Values>
held_span hold_elements(Values&& values) {
  return hold_span(std::forward<Values>(values), 1, nullptr);
}

}  // namespace forge_db::detail
