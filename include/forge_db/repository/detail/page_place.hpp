// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/detail/cursor_text.hpp>
#include <forge_db/query/detail/page_value.hpp>
#include <forge_db/query/detail/stable_hash.hpp>
#include <forge_db/repository/detail/page_order.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>
#include <cstdint>

// Which list of a repository a cursor is of.
namespace forge_db::detail {

/// Calls `visit.template operator()<C>()` for the sort or key column that is number `index` of the row.
template <class Row, class Visit>
void with_order_column(std::size_t index, Visit visit) {
  bool done = false;
  auto const look = [&]<class... Columns>(column_list<Columns...>) {
    ((!done && Columns::index == index ? (visit.template operator()<Columns>(), done = true) : false), ...);
  };
  look(typename repository_traits<Row>::sorts{});
  look(typename table<Row>::key{});
}

/// The order's own number, which its cursors carry.
template <class Row>
std::uint64_t list_number(page_columns const& order) {
  stable_hash hash;
  hash.add(table<Row>::name);
  for (page_column const& column : order) {
    with_order_column<Row>(static_cast<std::size_t>(column.index), [&]<class C>() { hash_column<C>(hash, column); });
  }
  return hash.value();
}

/// Throws bad_cursor for a place in another list, and for values that no row of this one can have.
template <class Row>
void require_place(page_columns const& order, cursor_place const& place, std::uint64_t number) {
  if (place.list != number || place.values.size() != order.size()) {
    refuse_cursor("of the same table, sort columns and directions");
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    with_order_column<Row>(static_cast<std::size_t>(order[i].index),
                           [&]<class C>() { require_cursor_value<C>(place.values[i]); });
  }
}

}  // namespace forge_db::detail
