// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/repository/detail/page_order.hpp>
#include <forge_db/repository/list_statement.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// The rows behind a place, as a UNION ALL of segments, each of which is one range of an index: alike in the first
// columns, beyond the place in the next one. SQLite seeks each and merges them, reading no more rows than the page
// has. The other forms do not serve: a row value `(a, id) > (?, ?)` is sought by its first column only, passes over
// NULLs, and knows one direction; `a > ? or a = ? and id > ?` scans.
namespace forge_db::detail {

enum class segment_test : std::uint8_t { beyond, from, is_null, is_not_null };

/// Alike in the `depth` first columns; `test` is of the next.
struct page_segment {
  std::size_t depth;
  segment_test test;
};

/// Calls `visit` with each segment, the farthest from the beginning of the list first. There is always one: the last
/// column, the key's, is never NULL.
template <class Visit>
void each_segment(page_order const& order, bool includes_row, Visit visit) {
  for (std::size_t depth = order.size(); depth-- > 0;) {
    page_column const& column = order[depth];
    if (column.null_at_cursor) {
      if (column.nulls_first) visit(page_segment{depth, segment_test::is_not_null});
      continue;
    }
    visit(page_segment{depth, includes_row && depth + 1 == order.size() ? segment_test::from : segment_test::beyond});
    if (column.nullable && !column.nulls_first) visit(page_segment{depth, segment_test::is_null});
  }
}

inline void render_segment(sql_writer& out, sql_separator& separate, page_order const& order, page_segment segment) {
  for (std::size_t i = 0; i < segment.depth; ++i) {
    separate(out);
    out.text(order[i].quoted);
    if (order[i].null_at_cursor) {
      out.text(" is null");
    } else {
      out.text(" = ");
      out.parameter();
    }
  }
  page_column const& column = order[segment.depth];
  separate(out);
  out.text(column.quoted);
  switch (segment.test) {
    case segment_test::is_null:
      out.text(" is null");
      break;
    case segment_test::is_not_null:
      out.text(" is not null");
      break;
    case segment_test::from:
      out.text(column.descending ? " <= " : " >= ");
      out.parameter();
      break;
    case segment_test::beyond:
      out.text(column.descending ? " < " : " > ");
      out.parameter();
  }
}

template <class Sink>
void bind_segment(Sink& sink, int& index, page_order const& order, page_segment segment,
                  std::vector<cursor_value> const& values) {
  for (std::size_t i = 0; i < segment.depth; ++i) {
    if (!order[i].null_at_cursor) values[i].bind(sink, index++);
  }
  bool const bound = segment.test == segment_test::beyond || segment.test == segment_test::from;
  if (bound) values[segment.depth].bind(sink, index++);
}

/// `select ... where ...` of every segment, or of the whole list where there is no cursor; without order and limit.
inline void render_segments(sql_writer& out, list_pieces const& pieces, page_order const& order, shape_mask const& mask,
                            std::string_view selected) {
  auto const render_rows = [&](page_segment const* segment) {
    out.text("select ");
    out.text(selected);
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
  page_order const order(pieces, mask);
  render_segments(out, pieces, order, mask, pieces.select_list);
  order.render(out);
  out.text(" limit ");
  out.parameter();
}

/// Whether there is a row behind the cursor.
inline void render_page_probe(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  render_segments(out, pieces, page_order(pieces, mask), mask, "1");
  out.text(" limit 1");
}

inline void render_ordered_list(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  render_key_page(out, pieces, mask);
  out.text(" offset ");
  out.parameter();
}

}  // namespace forge_db::detail
