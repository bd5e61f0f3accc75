// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/range.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/text_match.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>
#include <string_view>

namespace forge_db {

// What the fields of a generated Filter ask of their columns. Each kind has
//     bits                              how many bits say what of it is set
//     mark(filter, mask, bit)           sets them
//     render(out, separate, mask, bit)  writes its conditions, `separate` (" and ") before each
//     bind(sink, index, filter)         binds its values in that order
// All but the ranges and is_null take one optional field.

/// The filters of a table, in the order of the fields.
template <class... Filters>
struct filter_list {
  static constexpr std::size_t bits = (Filters::bits + ... + 0);
};

namespace detail {

template <auto Member, class C>
struct filter_of_field {
  static constexpr std::size_t bits = 1;

  template <class Filter>
  static void mark(Filter const& filter, shape_mask& mask, std::size_t bit) {
    mask.set(bit, (filter.*Member).has_value());
  }
  template <class Sink, class Filter>
  static void bind(Sink& sink, int& index, Filter const& filter) {
    auto const& field = filter.*Member;
    if (field) codec<typename C::value_type, typename C::storage_type>::write(sink, index++, *field);
  }

 protected:
  static void render_compared(sql_writer& out, sql_separator& separate, std::string_view comparison) {
    separate(out);
    out.column(table<typename C::row_type>::quoted, C::quoted);
    out.text(comparison);
    out.parameter();
  }
};

template <auto Member>
struct filter_of_text {
  static constexpr std::size_t bits = 1;

  template <class Filter>
  static void mark(Filter const& filter, shape_mask& mask, std::size_t bit) {
    mask.set(bit, (filter.*Member).has_value());
  }
  template <class Sink, class Filter>
  static void bind(Sink& sink, int& index, Filter const& filter) {
    if (filter.*Member) sink.text(index++, *(filter.*Member));
  }
};

}  // namespace detail

/// The column equals the field.
template <auto Member, column_tag C>
struct filter_equals : detail::filter_of_field<Member, C> {
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (mask.test(bit)) filter_equals::render_compared(out, separate, " = ");
  }
};

/// The column differs from the field; NULL does not.
template <auto Member, column_tag C>
struct filter_not_equals : detail::filter_of_field<Member, C> {
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (mask.test(bit)) filter_not_equals::render_compared(out, separate, " <> ");
  }
};

/// The column lies in a range<T>, each end of which may be open.
template <auto Member, column_tag C>
struct filter_range : detail::filter_of_field<Member, C> {
  static constexpr std::size_t bits = 2;

  template <class Filter>
  static void mark(Filter const& filter, shape_mask& mask, std::size_t bit) {
    mask.set(bit, (filter.*Member).from.has_value());
    mask.set(bit + 1, (filter.*Member).to.has_value());
  }
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (mask.test(bit)) filter_range::render_compared(out, separate, " >= ");
    if (mask.test(bit + 1)) filter_range::render_compared(out, separate, " <= ");
  }
  template <class Sink, class Filter>
  static void bind(Sink& sink, int& index, Filter const& filter) {
    using column_codec = codec<typename C::value_type, typename C::storage_type>;
    auto const& field = filter.*Member;
    if (field.from) column_codec::write(sink, index++, *field.from);
    if (field.to) column_codec::write(sink, index++, *field.to);
  }
};

/// The column is one of a vector's values; an empty vector holds none.
template <auto Member, column_tag C>
struct filter_in : detail::filter_of_field<Member, C> {
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (!mask.test(bit)) return;
    separate(out);
    in_span<C, false>::render(out);
  }
  template <class Sink, class Filter>
  static void bind(Sink& sink, int& index, Filter const& filter) {
    auto const& field = filter.*Member;
    if (!field) return;
    using values = typename std::remove_cvref_t<decltype(field)>::value_type;
    using element = typename values::value_type;
    sink.span(index++, detail::borrow_span(field->data(), field->size(), 1, &detail::write_element<C, element>).source);
  }
};

/// True: the column is NULL. False: it is not.
template <auto Member, column_tag C>
struct filter_is_null {
  static constexpr std::size_t bits = 2;

  template <class Filter>
  static void mark(Filter const& filter, shape_mask& mask, std::size_t bit) {
    mask.set(bit, (filter.*Member).has_value());
    mask.set(bit + 1, (filter.*Member).value_or(false));
  }
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (!mask.test(bit)) return;
    separate(out);
    out.column(table<typename C::row_type>::quoted, C::quoted);
    out.text(mask.test(bit + 1) ? " is null" : " is not null");
  }
  template <class Sink, class Filter>
  static void bind(Sink&, int&, Filter const&) {}
};

/// The column's text contains the field, whatever the case of A-Z.
template <auto Member, column_tag C>
struct filter_contains : detail::filter_of_text<Member> {
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (!mask.test(bit)) return;
    separate(out);
    detail::render_contains(out, table<typename C::row_type>::quoted, C::quoted);
  }
};

/// The column's list holds the field.
template <auto Member, column_tag C>
struct filter_has : detail::filter_of_text<Member> {
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (!mask.test(bit)) return;
    separate(out);
    detail::render_has(out, table<typename C::row_type>::quoted, C::quoted);
  }
};

/// The text of any of the columns contains the field, whatever the case of A-Z.
template <auto Member, column_tag... Columns>
struct filter_search {
  static constexpr std::size_t bits = 1;

  template <class Filter>
  static void mark(Filter const& filter, shape_mask& mask, std::size_t bit) {
    mask.set(bit, (filter.*Member).has_value());
  }
  static void render(sql_writer& out, sql_separator& separate, shape_mask const& mask, std::size_t bit) {
    if (!mask.test(bit)) return;
    separate(out);
    out.text("(");
    sql_separator either(" or ");
    ((either(out), detail::render_contains(out, table<typename Columns::row_type>::quoted, Columns::quoted)), ...);
    out.text(")");
  }
  template <class Sink, class Filter>
  static void bind(Sink& sink, int& index, Filter const& filter) {
    auto const& field = filter.*Member;
    if (!field) return;
    for (std::size_t i = 0; i < sizeof...(Columns); ++i) sink.text(index++, *field);
  }
};

}  // namespace forge_db
