// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/timestamp.hpp>
#include <forge_db/query/assignment.hpp>
#include <forge_db/query/column_operations.hpp>
#include <forge_db/schema/table.hpp>

// What marks a row as deleted, and takes the mark away: assignments for update().set().
namespace forge_db::detail {

/// A constant of the table's soft deletion.
template <class SoftDelete, bool Marked>
struct mark_constant {
  static constexpr void render(sql_writer& out) {
    if constexpr (Marked) {
      out.text(SoftDelete::marked);
    } else {
      out.text(SoftDelete::restored);
    }
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
};

template <class Row>
auto deletion_mark() {
  using soft_delete = typename table<Row>::soft_delete;
  using column = typename soft_delete::column;
  if constexpr (soft_delete::has_time) {
    return column{} = timestamp::now();
  } else {
    return assignment<column, mark_constant<soft_delete, true>>({});
  }
}

template <class Row>
auto no_deletion_mark() {
  using soft_delete = typename table<Row>::soft_delete;
  return assignment<typename soft_delete::column, mark_constant<soft_delete, false>>({});
}

}  // namespace forge_db::detail
