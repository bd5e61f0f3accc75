// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/filter.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/standing.hpp>

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
  std::size_t index;  // in the row
};
template <class... Columns>
consteval auto sort_columns(column_list<Columns...>) {
  return std::array<sort_column, sizeof...(Columns)>{
      sort_column{Columns::quoted, Columns::nullable, Columns::index}...};
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
  standing_pieces standing;
};

template <class Row>
inline constexpr auto filters_of = filter_pieces(typename repository_traits<Row>::filters{});
template <class Row>
inline constexpr auto sorts_of = sort_columns(typename repository_traits<Row>::sorts{});
template <class Row>
inline constexpr auto key_sorts_of = sort_columns(typename table<Row>::key{});
template <class Row>
inline constexpr list_pieces pieces_of{table<Row>::quoted, table<Row>::select_list, filters_of<Row>,
                                       sorts_of<Row>,      key_sorts_of<Row>,       make_standing_pieces<Row>()};

/// The standing conditions and those of the filters that are set, each behind what `separate` writes.
inline void render_conditions(sql_writer& out, sql_separator& separate, list_pieces const& pieces,
                              shape_mask const& mask) {
  render_standing(out, separate, pieces.quoted_table, pieces.standing, mask);
  render_filters(out, separate, pieces.quoted_table, pieces.filters, mask);
}

/// As above, where they are all that follows ` where `.
inline void render_conditions(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  sql_separator separate(" and ", " where ");
  render_conditions(out, separate, pieces, mask);
}

inline void render_count(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  out.text("select count(*) from ");
  out.text(pieces.quoted_table);
  render_conditions(out, pieces, mask);
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
  render_conditions(out, pieces, mask);
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

/// The text of a statement that `render` writes from a table's pieces.
inline std::string join_pieces(void (*render)(sql_writer&, list_pieces const&, shape_mask const&),
                               list_pieces const& pieces, dialect target, shape_mask const& mask) {
  return written_text(target, [&](sql_writer& out) { render(out, pieces, mask); });
}

/// A bit for each filter that is set, and which rows are seen. One function a table, as bind_conditions() is.
template <class Fields, class... Filters, class Standing>
shape_mask mark_conditions(Fields const& fields, filter_list<Filters...>, Standing const& conditions) {
  static_assert(filter_list<Filters...>::bits <= standing_pieces::seen_bit,
                "forge_db: list() requires a filter of at most 224 conditions; declare fewer");
  shape_mask mask;
  [[maybe_unused]] std::size_t bit = 0;
  (mark_filter<Filters::kind>(fields.*Filters::member, mask, bit), ...);
  mark_standing(mask, conditions);
  return mask;
}

/// Binds what render_conditions() wrote, from parameter `index` on, and answers the index of the parameter after it.
/// Throws invalid_value, naming the column, for what it refuses.
template <class Row, class Sink, class Fields, class... Filters, class Standing>
int bind_conditions([[maybe_unused]] Sink& sink, [[maybe_unused]] Fields const& fields, filter_list<Filters...>,
                    Standing const& conditions, int index = 1) {
  bind_standing(sink, index, conditions);
  if constexpr (sizeof...(Filters) > 0) {
    std::string_view column;  // the one that is being bound
    try {
      ((column = Filters::first_column::name, bind_filter<Filters::kind, typename Filters::bound_as>(
                                                  sink, index, fields.*Filters::member, Filters::columns.size())),
       ...);
    } catch (invalid_value const& refused) {
      name_refused(refused, table<Row>::name, column);
    }
  }
  return index;
}

/// `sort`; throws invalid_value if it is none of the `count` enumerators.
inline std::size_t usable_sort(std::size_t sort, std::size_t count) {
  if (sort < count) return sort;
  throw invalid_value("forge_db: a list requires its sort to be an enumerator; do not cast integers to the enum");
}

/// A page of the rows that a filter leaves. Standing is another one in unscoped_repository.hpp only.
template <class Row, class Standing = standing<Row>>
struct list_statement : whole_row_result<Row> {
  using traits = repository_traits<Row>;
  static_assert(traits::sorts::size > 0 && traits::sorts::size <= 256,
                "forge_db: list() requires 1 to 256 sort columns; change sort: in the spec");

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = true;

  typename traits::filter_type const& filter;
  std::size_t sort;  // below traits::sorts::size, see usable_sort()
  direction way;
  row_window window;
  [[no_unique_address]] Standing conditions{};

  [[nodiscard]] shape_mask mask() const {
    shape_mask mask = mark_conditions(filter, typename traits::filters{}, conditions);
    mask.set_number(list_pieces::sort_bit, sort);
    mask.set(list_pieces::descending_bit, way == direction::descending);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_pieces(&render_list, pieces_of<Row>, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int const index = bind_conditions<Row>(sink, filter, typename traits::filters{}, conditions);
    sink.int64(index, window.limit);
    sink.int64(index + 1, window.offset);
  }
};

/// How many rows a filter leaves.
template <class Row, class Standing = standing<Row>>
struct count_statement : number_result {
  using traits = repository_traits<Row>;

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = true;

  typename traits::filter_type const& filter;
  [[no_unique_address]] Standing conditions{};

  [[nodiscard]] shape_mask mask() const { return mark_conditions(filter, typename traits::filters{}, conditions); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_pieces(&render_count, pieces_of<Row>, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_conditions<Row>(sink, filter, typename traits::filters{}, conditions);
  }
};

}  // namespace detail
}  // namespace forge_db
