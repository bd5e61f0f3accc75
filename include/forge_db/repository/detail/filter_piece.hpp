// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/render_match.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/query/text_match.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db::detail {

enum class filter_kind : std::uint8_t {
  equals,
  not_equals,
  range,
  in,
  not_in,
  is_null,
  contains,
  starts_with,
  has,
  has_any,
  has_all,
  search,
  match
};

/// How many bits say what of a filter is set: both ends of a range, and which of them are excluded; that is_null is
/// set, and to what.
constexpr std::size_t filter_bits(filter_kind kind) {
  if (kind == filter_kind::range) return 4;
  return kind == filter_kind::is_null ? 2 : 1;
}

/// A filter as it is written.
struct filter_piece {
  filter_kind kind;
  std::span<std::string_view const> columns;  // quoted; one, but for search and match
  std::size_t lists = 0;                      // how many of search's columns, the last ones, are lists of text
};

inline void render_search(sql_writer& out, std::string_view quoted_table, filter_piece const& piece) {
  out.text("(");
  sql_separator either(" or ");
  for (std::size_t i = 0; i < piece.columns.size(); ++i) {
    either(out);
    bool const is_list = i + piece.lists >= piece.columns.size();
    (is_list ? render_item_contains : render_contains)(out, quoted_table, piece.columns[i]);
  }
  out.text(")");
}

inline void render_comparison(sql_writer& out, std::string_view quoted_column, std::string_view comparison) {
  out.text(quoted_column);
  out.text(comparison);
  out.parameter();
}

inline void render_filter(sql_writer& out, sql_separator& separate, std::string_view quoted_table,
                          filter_piece const& piece, shape_mask const& mask, std::size_t bit) {
  std::string_view const column = piece.columns.front();
  if (piece.kind == filter_kind::range) {
    if (mask.test(bit)) separate(out), render_comparison(out, column, mask.test(bit + 2) ? " > " : " >= ");
    if (mask.test(bit + 1)) separate(out), render_comparison(out, column, mask.test(bit + 3) ? " < " : " <= ");
    return;
  }
  if (!mask.test(bit)) return;
  separate(out);
  switch (piece.kind) {
    case filter_kind::equals:
      render_comparison(out, column, " = ");
      break;
    case filter_kind::not_equals:
      render_comparison(out, column, " <> ");
      break;
    case filter_kind::in:
      render_in(out, quoted_table, column, false);
      break;
    case filter_kind::not_in:
      render_in(out, quoted_table, column, true);
      break;
    case filter_kind::contains:
      render_contains(out, quoted_table, column);
      break;
    case filter_kind::starts_with:
      render_starts_with(out, quoted_table, column);
      break;
    case filter_kind::has:
      render_has(out, quoted_table, column);
      break;
    case filter_kind::has_any:
      render_has_any(out, quoted_table, column);
      break;
    case filter_kind::has_all:
      render_has_all(out, quoted_table, column);
      break;
    case filter_kind::search:
      render_search(out, quoted_table, piece);
      break;
    case filter_kind::match:
      render_match(out, quoted_table, match_pieces::of(piece.columns));
      break;
    default:
      out.text(column);
      out.text(mask.test(bit + 1) ? " is null" : " is not null");
  }
}

/// The conditions of the filters that the mask says are set, each behind what `separate` writes; their bits begin at 0.
inline void render_filters(sql_writer& out, sql_separator& separate, std::string_view quoted_table,
                           std::span<filter_piece const> pieces, shape_mask const& mask) {
  std::size_t bit = 0;
  for (filter_piece const& piece : pieces) {
    render_filter(out, separate, quoted_table, piece, mask, bit);
    bit += filter_bits(piece.kind);
  }
}

}  // namespace forge_db::detail
