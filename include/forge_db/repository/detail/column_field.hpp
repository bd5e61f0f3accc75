// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>

// The field of one column, for behaviours that look into rows.
namespace forge_db::detail {

template <class C, class Row>
constexpr decltype(auto) row_field(Row& row) {
  auto const fields = fields_of<typename C::row_type, table<typename C::row_type>::columns::size>(row);
  return field_at<C::index>(fields);
}

/// Of New<Row>.
template <class C, class New>
constexpr decltype(auto) new_field(New& new_row) {
  auto const fields = fields_of<typename C::row_type, written_columns<typename C::row_type>::size>(new_row);
  return field_at<C::index>(fields);
}

/// Of <Row>Patch, which has no key. Column C has to be one of it.
template <class C, class Patch>
constexpr decltype(auto) patch_field(Patch& changes) {
  using row = typename C::row_type;
  using columns = written_columns<row>;
  constexpr std::size_t count = columns::size - table<row>::key::size - kept_count<row>;
  auto const fields = fields_of<row, count>(changes);
  return field_at<patch_position<C>(columns{})>(fields);
}

/// The key of a row.
template <class Row>
key_of<Row> key_in_row(Row const& row) {
  return
      [&]<class... C>(column_list<C...>) -> key_of<Row> { return {row_field<C>(row)...}; }(typename table<Row>::key{});
}

}  // namespace forge_db::detail
