// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/sql_writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// The rows behind a place, as a UNION ALL of segments, each of which is one range of an index: alike in the first
// columns, beyond the place in the next one. SQLite seeks each and merges them, reading no more rows than the page
// has. The other forms do not serve: a row value `(a, id) > (?, ?)` is sought by its first column only, passes over
// NULLs, and knows one direction; `a > ? or a = ? and id > ?` scans.
namespace forge_db::detail {

/// A column as the page walks along it.
struct page_column {
  std::string_view quoted{};
  int index = 0;  // in the result
  bool nullable = false;
  bool descending = false;
  bool nulls_first = false;
  bool null_at_cursor = false;

  friend constexpr bool operator==(page_column const&, page_column const&) = default;
};

/// The sort columns, and behind them what the key adds, so that no two rows are alike.
class page_columns {
 public:
  static constexpr std::size_t capacity = 20;

  constexpr void add(page_column const& column) noexcept { columns_[size_++] = column; }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr page_column const& operator[](std::size_t at) const noexcept { return columns_[at]; }
  [[nodiscard]] constexpr page_column const* begin() const noexcept { return columns_.data(); }
  [[nodiscard]] constexpr page_column const* end() const noexcept { return columns_.data() + size_; }

  [[nodiscard]] constexpr bool holds(std::string_view quoted) const noexcept {
    for (page_column const& column : *this) {
      if (column.quoted == quoted) return true;
    }
    return false;
  }

  friend constexpr bool operator==(page_columns const&, page_columns const&) = default;

 private:
  std::array<page_column, capacity> columns_{};
  std::size_t size_ = 0;
};

constexpr void render_page_direction(sql_writer& out, page_column const& column) {
  render_direction(out, column.nullable, column.descending ? direction::descending : direction::ascending,
                   column.nulls_first ? nulls::first : nulls::last);
}

enum class segment_test : std::uint8_t { beyond, from, is_null, is_not_null };

/// Alike in the `depth` first columns; `test` is of the next.
struct page_segment {
  std::size_t depth;
  segment_test test;
};

/// Calls `visit` with each segment, the farthest from the beginning of the list first. There is always one: the last
/// column, the key's, is never NULL.
template <class Visit>
void each_segment(page_columns const& order, bool includes_row, Visit visit) {
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

inline void render_segment(sql_writer& out, sql_separator& separate, page_columns const& order, page_segment segment) {
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
void bind_segment(Sink& sink, int& index, page_columns const& order, page_segment segment,
                  std::vector<cursor_value> const& values) {
  for (std::size_t i = 0; i < segment.depth; ++i) {
    if (!order[i].null_at_cursor) values[i].bind(sink, index++);
  }
  bool const bound = segment.test == segment_test::beyond || segment.test == segment_test::from;
  if (bound) values[segment.depth].bind(sink, index++);
}

}  // namespace forge_db::detail
