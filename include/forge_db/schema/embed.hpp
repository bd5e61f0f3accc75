// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/fixed_string.hpp>
#include <forge_db/core/patch.hpp>

#include <boost/pfr/core.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

// Structs inside rows: one field of the row that holds several columns. Included by the headers of tables that have
// one; rows without pay nothing.
namespace forge_db {

/// What the library knows of a struct that rows hold; specialised by generated code for Address, NewAddress and
/// AddressPatch:
///
///     fields   std::array of std::string_view: the names of its fields, in order
template <class Struct>
struct embedded;

namespace detail {

template <class T>
concept embedded_struct = requires {
  embedded<std::remove_const_t<T>>::fields.size();
};

/// The columns that a field of type T holds.
template <class T>
inline constexpr std::size_t columns_in = 1;
template <embedded_struct T>
inline constexpr std::size_t columns_in<T> = embedded<T>::fields.size();
template <embedded_struct T>
inline constexpr std::size_t columns_in<std::optional<T>> = columns_in<T>;
template <embedded_struct T>
inline constexpr std::size_t columns_in<patch<T>> = columns_in<T>;

template <class T>
inline constexpr bool may_be_missing = false;
template <embedded_struct T>
inline constexpr bool may_be_missing<std::optional<T>> = true;
template <embedded_struct T>
inline constexpr bool may_be_missing<patch<T>> = true;

/// References to the fields of an embedded struct.
template <embedded_struct Struct>
constexpr auto members_of(Struct& whole) {
  return boost::pfr::detail::tie_as_tuple(whole,
                                          boost::pfr::detail::size_t_<columns_in<std::remove_const_t<Struct>>>{});
}

/// Member number `Member` of a struct that may be missing: Whole is an optional of it, or a patch.
template <class Whole, std::size_t Member>
struct maybe_member {
  Whole& whole;

  /// nullptr while the struct is missing.
  constexpr auto* value() const {
    auto const member = [](auto& present) {
      auto const members = members_of(present);
      return &boost::pfr::detail::sequence_tuple::get<Member>(members);
    };
    return whole.has_value() ? member(whole.value()) : nullptr;
  }
};

struct place_in_row {
  std::size_t field = 0;
  std::size_t member = 0;
};
template <class... Fields>
consteval place_in_row place_of_column(std::size_t column) {
  constexpr std::array<std::size_t, sizeof...(Fields)> widths{columns_in<std::remove_const_t<Fields>>...};
  place_in_row place{0, column};
  while (place.member >= widths[place.field]) place.member -= widths[place.field++];
  return place;
}

/// The fields of a row, a new row or a patch, by number of the column.
template <class Fields>
class embedded_fields;
template <class... Fields>
class embedded_fields<boost::pfr::detail::sequence_tuple::tuple<Fields&...>> {
  using fields_type = boost::pfr::detail::sequence_tuple::tuple<Fields&...>;

 public:
  explicit constexpr embedded_fields(fields_type const& fields) : fields_(fields) {}

  /// A reference, or a maybe_member.
  template <std::size_t Column>
  constexpr decltype(auto) column() const {
    constexpr place_in_row place = place_of_column<Fields...>(Column);
    auto& field = boost::pfr::detail::sequence_tuple::get<place.field>(fields_);
    using field_type = std::remove_reference_t<decltype(field)>;
    if constexpr (embedded_struct<field_type>) {
      auto const members = members_of(field);  // references
      return boost::pfr::detail::sequence_tuple::get<place.member>(members);
    } else if constexpr (may_be_missing<std::remove_const_t<field_type>>) {
      return maybe_member<field_type, place.member>{field};
    } else {
      return (field);
    }
  }

 private:
  fields_type fields_;
};

/// Found by field_at().
template <std::size_t Column, class Fields>
constexpr decltype(auto) get(embedded_fields<Fields> const& fields) {
  return fields.template column<Column>();
}

template <std::size_t Column, class... Embeds>
struct embed_at : std::type_identity<void> {};
template <std::size_t Column, class Embed, class... More>
struct embed_at<Column, Embed, More...>
    : std::conditional_t<(Column >= Embed::first && Column < Embed::first + Embed::size), std::type_identity<Embed>,
                         embed_at<Column, More...>> {};

}  // namespace detail

/// The field `Name` of a row: a Struct, or an optional of one, that holds the columns from number First on.
template <fixed_string Name, class Struct, std::size_t First>
struct embed {
  static constexpr std::string_view name = Name;
  static constexpr std::size_t first = First;
  static constexpr std::size_t size = embedded<Struct>::fields.size();
  static constexpr auto const& fields = embedded<Struct>::fields;
};

/// The structs in the rows of a table, as table<Row>::embeds.
template <class... Embeds>
struct embed_list {
  /// The one that column number `Column` belongs to; void if it stands alone.
  template <std::size_t Column>
  using at = typename detail::embed_at<Column, Embeds...>::type;

  /// References to the fields of a row, a new row or a patch that holds `Count` columns.
  template <std::size_t Count, class Row>
  static constexpr auto fields_of(Row& row) {
    constexpr std::size_t fields = Count - ((Embeds::size - 1) + ... + 0);
    auto const tied = boost::pfr::detail::tie_as_tuple(row, boost::pfr::detail::size_t_<fields>{});
    return detail::embedded_fields<std::remove_const_t<decltype(tied)>>(tied);
  }
};

}  // namespace forge_db
