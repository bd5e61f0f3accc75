// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/page_segment.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/repository/detail/page_order.hpp>
#include <forge_db/repository/list_statement.hpp>

namespace forge_db::detail {

/// `select ... where ...` of every segment, or of the whole list where there is no cursor; without order and limit.
inline void render_segments(sql_writer& out, list_pieces const& pieces, page_columns const& order,
                            shape_mask const& mask) {
  auto const render_rows = [&](page_segment const* segment) {
    out.text("select ");
    out.text(pieces.select_list);
    out.text(" from ");
    out.text(pieces.quoted_table);
    sql_separator separate(" and ", " where ");
    render_conditions(out, separate, pieces, mask);
    if (segment != nullptr) render_segment(out, separate, order, *segment);
  };
  if (!mask.test(page_bits::has_cursor)) return render_rows(nullptr);
  sql_separator unite(" union all ");
  each_segment(order, mask.test(page_bits::includes_row), [&](page_segment segment) {
    unite(out);
    render_rows(&segment);
  });
}

inline void render_key_page(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  page_columns const order = page_columns_of(pieces, mask);
  render_segments(out, pieces, order, mask);
  sql_separator separate(", ", " order by ");
  for (page_column const& column : order) {
    separate(out);
    out.text(column.quoted);
    render_page_direction(out, column);
  }
  out.text(" limit ");
  out.parameter();
}

inline void render_ordered_list(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  render_key_page(out, pieces, mask);
  out.text(" offset ");
  out.parameter();
}

}  // namespace forge_db::detail
