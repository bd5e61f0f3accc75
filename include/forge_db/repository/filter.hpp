// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/detail/filter_binding.hpp>
#include <forge_db/repository/detail/filter_piece.hpp>
#include <forge_db/schema/table.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace forge_db {

// What the fields of a generated Filter ask of their columns. A filter is data: the member it stands for, and a piece
// that says how its condition is written. What is done with it is shared by the tables (detail/filter_binding.hpp,
// detail/filter_piece.hpp), because every table pays for what is not.

/// The filters of a table, in the order of the fields.
template <class... Filters>
struct filter_list {
  static constexpr std::size_t bits = (detail::filter_bits(Filters::kind) + ... + 0);
};

namespace detail {

template <auto Member, filter_kind Kind, column_tag... Columns>
struct filter_of {
  static constexpr auto member = Member;
  static constexpr filter_kind kind = Kind;
  static constexpr std::array<std::string_view, sizeof...(Columns)> columns{Columns::quoted...};
  static constexpr filter_piece piece() { return {Kind, columns}; }
  using first_column = first_of<Columns...>;
  static constexpr bool is_list = Kind == filter_kind::in || Kind == filter_kind::not_in;
  using bound_as = std::conditional_t<is_list, first_column, typename first_column::storage_type>;
};

}  // namespace detail

/// The column equals the field, a std::optional.
template <auto Member, column_tag C>
struct filter_equals : detail::filter_of<Member, detail::filter_kind::equals, C> {};

/// The column differs from the field, a std::optional; NULL does not.
template <auto Member, column_tag C>
struct filter_not_equals : detail::filter_of<Member, detail::filter_kind::not_equals, C> {};

/// The column lies in the field, a range<T>, each end of which may be open, included or excluded.
template <auto Member, column_tag C>
struct filter_range : detail::filter_of<Member, detail::filter_kind::range, C> {};

/// The column is one of the field's values, an optional vector; an empty vector holds none.
template <auto Member, column_tag C>
struct filter_in : detail::filter_of<Member, detail::filter_kind::in, C> {};

/// The column is none of the field's values, an optional vector; an empty vector leaves every row, other ones none
/// whose column is NULL.
template <auto Member, column_tag C>
struct filter_not_in : detail::filter_of<Member, detail::filter_kind::not_in, C> {};

/// The field is an optional bool. True: the column is NULL. False: it is not.
template <auto Member, column_tag C>
struct filter_is_null : detail::filter_of<Member, detail::filter_kind::is_null, C> {};

/// The column's text contains the field, an optional text, whatever the case of A-Z.
template <auto Member, column_tag C>
struct filter_contains : detail::filter_of<Member, detail::filter_kind::contains, C> {};

/// The column's text starts with the field, an optional text, byte for byte: a range, which an index serves.
template <auto Member, column_tag C>
struct filter_starts_with : detail::filter_of<Member, detail::filter_kind::starts_with, C> {};

/// The column's list holds the field, an optional text.
template <auto Member, column_tag C>
struct filter_has : detail::filter_of<Member, detail::filter_kind::has, C> {};

/// The column's list holds one of the field's items, an optional list of text; none of an empty one.
template <auto Member, column_tag C>
struct filter_has_any : detail::filter_of<Member, detail::filter_kind::has_any, C> {};

/// The column's list holds all of the field's items, an optional list of text.
template <auto Member, column_tag C>
struct filter_has_all : detail::filter_of<Member, detail::filter_kind::has_all, C> {};

/// The text of any of the columns contains the field, an optional text, whatever the case of A-Z.
template <auto Member, column_tag... Columns>
struct filter_search : detail::filter_of<Member, detail::filter_kind::search, Columns...> {};

/// As filter_search; the last `Lists` of the columns are lists, an item of which contains the field.
template <auto Member, std::size_t Lists, column_tag... Columns>
struct filter_search_lists : detail::filter_of<Member, detail::filter_kind::search, Columns...> {
  static constexpr detail::filter_piece piece() {
    return {detail::filter_kind::search, filter_search_lists::columns, Lists};
  }
};

}  // namespace forge_db
