// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/filter.hpp>
#include <forge_db/repository/page.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace forge_db {

/// What generated code says of a table's lists: filter_type, sort_type, filters, sorts (the columns of sort_type, in
/// its order), default_sort, default_direction, default_page_size, max_page_size.
template <class Row>
struct repository_traits;

namespace detail {

struct sort_column {
  std::string_view quoted;
  bool nullable;
};
template <class... Columns>
consteval auto sort_columns(column_list<Columns...>) {
  return std::array<sort_column, sizeof...(Columns)>{sort_column{Columns::quoted, Columns::nullable}...};
}
template <class... Filters>
consteval auto filter_pieces(filter_list<Filters...>) {
  return std::array<filter_piece, sizeof...(Filters)>{Filters::piece()...};
}

/// What the lists of a table are written from.
struct list_pieces {
  static constexpr std::size_t sort_bit = 240;
  static constexpr std::size_t descending_bit = 248;

  std::string_view quoted_table;
  std::string_view select_list;
  std::span<filter_piece const> filters;
  std::span<sort_column const> sorts;
  std::span<sort_column const> key;
};

template <class Row>
inline constexpr auto filters_of = filter_pieces(typename repository_traits<Row>::filters{});
template <class Row>
inline constexpr auto sorts_of = sort_columns(typename repository_traits<Row>::sorts{});
template <class Row>
inline constexpr auto key_sorts_of = sort_columns(typename table<Row>::key{});
template <class Row>
inline constexpr list_pieces pieces_of{table<Row>::quoted, table<Row>::select_list, filters_of<Row>, sorts_of<Row>,
                                       key_sorts_of<Row>};

inline void render_count(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  out.text("select count(*) from ");
  out.text(pieces.quoted_table);
  render_filters(out, pieces.quoted_table, pieces.filters, mask);
}

/// The order is the sort column, then the key in the same direction: without it, rows that sort alike could appear on
/// two pages.
inline void render_list(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  sort_column const sort = pieces.sorts[mask.number(list_pieces::sort_bit, 8)];
  direction const way = mask.test(list_pieces::descending_bit) ? direction::descending : direction::ascending;
  out.text("select ");
  out.text(pieces.select_list);
  out.text(" from ");
  out.text(pieces.quoted_table);
  render_filters(out, pieces.quoted_table, pieces.filters, mask);
  out.text(" order by ");
  render_order(out, pieces.quoted_table, sort.quoted, sort.nullable, way, nulls::lowest);
  for (sort_column const& part : pieces.key) {
    if (part.quoted == sort.quoted) continue;
    out.text(", ");
    render_order(out, pieces.quoted_table, part.quoted, part.nullable, way, nulls::lowest);
  }
  out.text(" limit ");
  out.parameter();
  out.text(" offset ");
  out.parameter();
}

template <class Fields, class... Filters>
shape_mask mark_filters(Fields const& fields, filter_list<Filters...>) {
  static_assert(filter_list<Filters...>::bits <= list_pieces::sort_bit,
                "forge_db: list() requires a filter of at most 240 conditions; declare fewer");
  shape_mask mask;
  [[maybe_unused]] std::size_t bit = 0;
  (mark_filter<Filters>(fields, mask, bit), ...);
  return mask;
}

/// The index of the parameter after the filters' own.
template <class Sink, class Fields, class... Filters>
int bind_filters([[maybe_unused]] Sink& sink, [[maybe_unused]] Fields const& fields, filter_list<Filters...>) {
  int index = 1;
  (bind_filter<Filters>(sink, index, fields), ...);
  return index;
}

[[noreturn]] inline void refuse_sort() {
  throw invalid_value("forge_db: list() requires its sort to be an enumerator; do not cast integers to the enum");
}

/// A page of the rows that a filter leaves.
template <class Row>
class list_statement {
  using traits = repository_traits<Row>;
  using filter_type = typename traits::filter_type;
  static_assert(traits::sorts::size > 0 && traits::sorts::size <= 256,
                "forge_db: list() requires 1 to 256 sort columns");

 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = true;
  using row_type = Row;

  /// Throws invalid_value if `sort` is none of the enumerators.
  list_statement(filter_type const& filter, std::size_t sort, direction way, row_window window)
      : filter_(filter), sort_(sort), direction_(way), window_(window) {
    if (sort >= traits::sorts::size) refuse_sort();
  }

  static void render(sql_writer& out, shape_mask const& mask) { render_list(out, pieces_of<Row>, mask); }

  [[nodiscard]] shape_mask mask() const {
    shape_mask mask = mark_filters(filter_, typename traits::filters{});
    mask.set_number(list_pieces::sort_bit, sort_);
    mask.set(list_pieces::descending_bit, direction_ == direction::descending);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&list_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int const index = bind_filters(sink, filter_, typename traits::filters{});
    sink.int64(index, window_.limit);
    sink.int64(index + 1, window_.offset);
  }

  template <class Reader>
  static void decode(Reader& reader, Row& row) {
    decode_row<Row>(reader, row);
  }

 private:
  filter_type const& filter_;
  std::size_t sort_;
  direction direction_;
  row_window window_;
};

/// How many rows a filter leaves.
template <class Row>
class count_statement {
  using traits = repository_traits<Row>;
  using filter_type = typename traits::filter_type;

 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = true;
  using row_type = std::int64_t;

  explicit count_statement(filter_type const& filter) : filter_(filter) {}

  static void render(sql_writer& out, shape_mask const& mask) { render_count(out, pieces_of<Row>, mask); }
  [[nodiscard]] shape_mask mask() const { return mark_filters(filter_, typename traits::filters{}); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&count_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_filters(sink, filter_, typename traits::filters{});
  }
  template <class Reader>
  static void decode(Reader& reader, std::int64_t& rows) {
    rows = reader.int64(0);
  }

 private:
  filter_type const& filter_;
};

}  // namespace detail
}  // namespace forge_db
