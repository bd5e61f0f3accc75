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
#include <string>
#include <type_traits>

// A table's columns as arrays, one entry a column: what a header of names that are known at run time chooses from.
namespace forge_db::seed::detail {

/// True if an insert must give column C.
template <class Row, class C>
inline constexpr bool is_required = !C::nullable && !forge_db::detail::has_client_default<C> &&
                                    !forge_db::detail::contains_column<C>(forge_db::detail::database_defaults<Row>{}) &&
                                    !(table<Row>::generated_key && forge_db::detail::is_key_column<Row, C>);

/// `Key` is a column_list.
template <class Row, class Key, class... C>
consteval auto facts_of(column_list<C...>) {
  return std::array<column_facts, sizeof...(C)>{
      column_facts{C::name, is_required<Row, C>, forge_db::detail::contains_column<C>(Key{})}...};
}
template <class Row, class Key>
inline constexpr auto facts = facts_of<Row, Key>(typename table<Row>::columns{});

template <class C, class Row>
auto& field_of(Row& row) {
  decltype(auto) field =
      forge_db::detail::field_at<C::index>(forge_db::detail::fields_of<Row, table<Row>::columns::size>(row));
  static_assert(std::is_lvalue_reference_v<decltype(field)>,
                "forge_db: seeding requires rows without a struct that may be missing, which is not supported yet; "
                "insert the rows");
  return field;
}

/// Puts a field of the text into the row; answers what it should have been, if it is not.
template <class C, class Row>
expected_text read_field(Row& row, csv_field const& text) {
  using value_type = typename C::value_type;
  auto& field = field_of<C>(row);
  if (text.is_null()) {
    if constexpr (C::nullable) {
      field = {};
      return {};
    } else {
      return "a value, an empty field is NULL; write \"\" for empty text, or leave the column out for its default";
    }
  }
  using storage_type = typename strict_storage<typename C::storage_type>::type;
  if constexpr (forge_db::detail::is_optional<std::remove_cvref_t<decltype(field)>>) {
    return read_value<storage_type>(text.text, field.emplace());
  } else {
    return read_value<storage_type, value_type>(text.text, field);
  }
}

/// Fills a column that the text does not name, as an insert would.
template <class C, class Row>
void fill_default(Row& row) {
  if constexpr (forge_db::detail::has_client_default<C>) field_of<C>(row) = table<Row>::default_value(C{});
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
inline constexpr auto actions = actions_of<Row>(typename table<Row>::columns{});

}  // namespace forge_db::seed::detail
