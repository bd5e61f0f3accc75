// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/projection.hpp>
#include <forge_db/query/select_items.hpp>

namespace forge_db::detail {

/// Rows that a statement of several tables returns: their columns name their table.
template <class Projection>
struct qualified_projection;
template <class Row>
struct qualified_projection<whole_row<Row>> : whole_row<Row> {
  static constexpr void render(sql_writer& out) { whole_row_item<Row>::render(out); }
};

}  // namespace forge_db::detail
