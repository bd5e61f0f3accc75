// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/query/parameter.hpp>
#include <forge_db/schema/table.hpp>
#include <forge_db/seed/csv_reader.hpp>
#include <forge_db/seed/detail/csv_header.hpp>
#include <forge_db/seed/detail/value_reader.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// A table's columns as arrays, one entry a column: what a header of names that are known at run time chooses from.
namespace forge_db::seed::detail {

/// True if an insert must give column C.
template <class Row, class C>
inline constexpr bool is_required = !C::nullable && !forge_db::detail::has_client_default<C> &&
                                    !forge_db::detail::contains_column<C>(forge_db::detail::database_defaults<Row>{}) &&
                                    !(table<Row>::generated_key && forge_db::detail::is_key_column<Row, C>);

/// The field of column C: a reference, or a maybe_member of a struct that may be missing.
template <class C, class Row>
decltype(auto) field_of(Row& row) {
  return forge_db::detail::field_at<C::index>(forge_db::detail::fields_of<Row, table<Row>::columns::size>(row));
}
template <class C, class Row>
inline constexpr bool may_lack_struct = !std::is_lvalue_reference_v<decltype(field_of<C>(std::declval<Row&>()))>;

/// What the rows' check has to know of a column in a struct that may be missing.
struct struct_facts {
  std::size_t first = 0;     ///< The struct's first column.
  std::size_t size = 0;      ///< 0 for a column that is in no such struct.
  bool is_optional = false;  ///< The member can be empty where the struct is not.
  bool has_default = false;
};

template <class Row, class C>
consteval struct_facts struct_facts_of() {
  if constexpr (may_lack_struct<C, Row>) {
    using whole = typename table<Row>::embeds::template at<C::index>;
    using member = std::remove_pointer_t<decltype(field_of<C>(std::declval<Row&>()).value())>;
    return {whole::first, whole::size, forge_db::detail::is_optional<member>, forge_db::detail::has_client_default<C>};
  } else {
    return {};
  }
}

/// `Key` is a column_list.
template <class Row, class Key, class... C>
consteval auto facts_of(column_list<C...>) {
  return std::array<column_facts, sizeof...(C)>{
      column_facts{C::name, is_required<Row, C>, forge_db::detail::contains_column<C>(Key{})}...};
}
template <class Row, class Key>
inline constexpr auto facts = facts_of<Row, Key>(forge_db::detail::written_columns<Row>{});

/// The names of the columns that the database computes, which stand behind the others.
template <class Row>
std::span<std::string_view const> computed() {
  return std::span(forge_db::detail::column_names<typename table<Row>::columns>)
      .subspan(forge_db::detail::written_columns<Row>::size);
}

template <class Row, class... C>
consteval auto structs_of(column_list<C...>) {
  return std::array<struct_facts, sizeof...(C)>{struct_facts_of<Row, C>()...};
}
template <class Row>
inline constexpr auto structs = structs_of<Row>(forge_db::detail::written_columns<Row>{});

template <class C, class Field>
expected_text read_into(Field& field, std::string_view text) {
  using storage_type = typename strict_storage<typename C::storage_type>::type;
  if constexpr (forge_db::detail::is_optional<Field>) {
    return read_value<storage_type>(text, field.emplace());
  } else {
    return read_value<storage_type>(text, field);
  }
}

/// Puts a field of the text into a new row; answers what it should have been, if it is not.
template <class C, class Row>
expected_text read_field(Row& row, csv_field const& text) {
  if (text.is_null()) {
    if constexpr (C::nullable) {
      return {};  // as it is in a new row
    } else {
      return "a value, an empty field is NULL; write \"\" for empty text, or leave the column out for its default";
    }
  }
  decltype(auto) field = field_of<C>(row);
  if constexpr (may_lack_struct<C, Row>) {
    if (!field.whole) field.whole.emplace();
    return read_into<C>(*field.value(), text.text);
  } else {
    return read_into<C>(field, text.text);
  }
}

/// Fills a column that the text does not name, as an insert would.
template <class C, class Row>
void fill_default(Row& row) {
  if constexpr (forge_db::detail::has_client_default<C>) {
    decltype(auto) field = field_of<C>(row);
    if constexpr (may_lack_struct<C, Row>) {
      if (auto* const member = field.value()) *member = table<Row>::default_value(C{});
    } else {
      field = table<Row>::default_value(C{});
    }
  }
}

template <class Row>
struct column_actions {
  expected_text (*read)(Row&, csv_field const&);
  void (*fill)(Row&);
  bool filled;  ///< Whether `fill` does anything.
};

template <class Row, class... C>
consteval auto actions_of(column_list<C...>) {
  return std::array<column_actions<Row>, sizeof...(C)>{
      column_actions<Row>{&read_field<C, Row>, &fill_default<C, Row>, forge_db::detail::has_client_default<C>}...};
}
template <class Row>
inline constexpr auto actions = actions_of<Row>(forge_db::detail::written_columns<Row>{});

}  // namespace forge_db::seed::detail
