// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/projection.hpp>
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

/// What generated code says of a table's lists: filter_type, sort_type, filters, sorts (the columns of sort_type, in its
/// order), default_sort, default_direction, default_page_size, max_page_size.
template <class Row>
struct repository_traits;

namespace detail {

template <class Filter, class... Filters>
void mark_filters(Filter const& filter, shape_mask& mask, filter_list<Filters...>) {
  static_assert(filter_list<Filters...>::bits <= 240, "forge_db: list() requires a filter of at most 240 conditions");
  [[maybe_unused]] std::size_t bit = 0;
  ((Filters::mark(filter, mask, bit), bit += Filters::bits), ...);
}

template <class... Filters>
void render_filters(sql_writer& out, shape_mask const& mask, filter_list<Filters...>) {
  bool any = false;
  for (std::size_t bit = 0; bit < filter_list<Filters...>::bits; ++bit) any = any || mask.test(bit);
  if (!any) return;
  out.text(" where ");
  sql_separator separate(" and ");
  std::size_t bit = 0;
  ((Filters::render(out, separate, mask, bit), bit += Filters::bits), ...);
}

template <class Sink, class Filter, class... Filters>
void bind_filters([[maybe_unused]] Sink& sink, [[maybe_unused]] int& index, [[maybe_unused]] Filter const& filter,
                  filter_list<Filters...>) {
  (Filters::bind(sink, index, filter), ...);
}

struct sort_column {
  std::string_view quoted;
  bool nullable;
};
template <class... Columns>
consteval auto sort_columns(column_list<Columns...>) {
  return std::array<sort_column, sizeof...(Columns)>{sort_column{Columns::quoted, Columns::nullable}...};
}

/// The sort column, then the key in the same direction: without it, rows that sort alike could appear on two pages.
inline void render_list_order(sql_writer& out, std::string_view quoted_table, sort_column sort,
                              std::span<sort_column const> key, direction way) {
  out.text(" order by ");
  render_order(out, quoted_table, sort.quoted, sort.nullable, way, nulls::lowest);
  for (sort_column const& part : key) {
    if (part.quoted == sort.quoted) continue;
    out.text(", ");
    render_order(out, quoted_table, part.quoted, part.nullable, way, nulls::lowest);
  }
}

/// A page of the rows that a filter leaves.
template <class Row>
class list_statement {
  using traits = repository_traits<Row>;
  using filter_type = typename traits::filter_type;
  static constexpr auto sorts = sort_columns(typename traits::sorts{});
  static constexpr auto key = sort_columns(typename table<Row>::key{});
  static constexpr std::size_t sort_bit = 240;
  static constexpr std::size_t descending_bit = 248;

 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = true;
  using row_type = Row;
  template <class Reader>
  using view_type = row_view<Row, Reader>;

  /// Throws invalid_value if `sort` is none of the enumerators.
  list_statement(filter_type const& filter, std::size_t sort, direction way, row_window window)
      : filter_(filter), sort_(sort), direction_(way), window_(window) {
    static_assert(sorts.size() > 0 && sorts.size() <= 256, "forge_db: list() requires 1 to 256 sort columns");
    if (sort >= sorts.size()) {
      throw invalid_value("forge_db: list() requires its sort to be an enumerator; do not cast integers to the enum");
    }
  }

  static void render(sql_writer& out, shape_mask const& mask) {
    out.text("select ");
    out.text(table<Row>::select_list);
    out.text(" from ");
    out.text(table<Row>::quoted);
    render_filters(out, mask, typename traits::filters{});
    render_list_order(out, table<Row>::quoted, sorts[mask.number(sort_bit, 8)], key,
                      mask.test(descending_bit) ? direction::descending : direction::ascending);
    out.text(" limit ");
    out.parameter();
    out.text(" offset ");
    out.parameter();
  }

  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    mark_filters(filter_, mask, typename traits::filters{});
    mask.set_number(sort_bit, sort_);
    mask.set(descending_bit, direction_ == direction::descending);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text<list_statement>(target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_filters(sink, index, filter_, typename traits::filters{});
    sink.int64(index++, window_.limit);
    sink.int64(index, window_.offset);
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

  static void render(sql_writer& out, shape_mask const& mask) {
    out.text("select count(*) from ");
    out.text(table<Row>::quoted);
    render_filters(out, mask, typename traits::filters{});
  }
  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    mark_filters(filter_, mask, typename traits::filters{});
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text<count_statement>(target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_filters(sink, index, filter_, typename traits::filters{});
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
