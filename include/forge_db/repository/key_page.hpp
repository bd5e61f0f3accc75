// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/detail/read_page.hpp>
#include <forge_db/query/page_cursor.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/page_order.hpp>
#include <forge_db/repository/detail/page_place.hpp>
#include <forge_db/repository/detail/page_text.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/sort_order.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {

/// What the statements of ordered lists have in common. Borrows the filter and the place.
template <class Row>
struct ordered_statement {
  using traits = repository_traits<Row>;
  static_assert(traits::filters::bits <= page_bits::filters,
                "forge_db: pages by key require a filter of at most 160 conditions; declare fewer");

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = true;

  typename traits::filter_type const& filter;
  [[no_unique_address]] detail::standing<Row> conditions;
  shape_mask order;  // of mark_order()
  cursor_place const* place = nullptr;
  bool backwards = false;

  [[nodiscard]] shape_mask mask() const {
    shape_mask mask = mark_conditions(filter, typename traits::filters{}, conditions);
    shape_mask const walk = backwards ? turned(pieces_of<Row>, order) : order;
    for (std::size_t const bit : page_bits::term) mask.set_number(bit, walk.number(bit, 10));
    if (place == nullptr) return mask;
    mask.set(page_bits::has_cursor);
    mask.set(page_bits::includes_row, place->behind == backwards);
    for (std::size_t i = 0; i < page_bits::term.size() && mask.number(page_bits::term[i], 8) != 0; ++i) {
      mask.set(page_bits::term[i] + page_bits::null_at_cursor, place->values[i].is_null());
    }
    return mask;
  }

  /// The index of the parameter after its own.
  template <class Sink>
  int bind_rows(Sink& sink) const {
    if (place == nullptr) return detail::bind_conditions<Row>(sink, filter, typename traits::filters{}, conditions);
    shape_mask const shape = mask();
    page_columns const columns = page_columns_of(pieces_of<Row>, shape);
    int index = 1;
    each_segment(columns, shape.test(page_bits::includes_row), [&](page_segment segment) {
      index = forge_db::detail::bind_conditions<Row>(sink, filter, typename traits::filters{}, conditions, index);
      bind_segment(sink, index, columns, segment, place->values);
    });
    return index;
  }
};

/// The rows of a page, in the order of the walk, and one more if there is one.
template <class Row>
struct key_page_statement : whole_row_result<Row>, ordered_statement<Row> {
  std::int64_t limit;

  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_pieces(&render_key_page, pieces_of<Row>, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    sink.int64(this->bind_rows(sink), limit);
  }
};

/// A page by its number, in an order of several columns.
template <class Row>
struct ordered_list_statement : whole_row_result<Row>, ordered_statement<Row> {
  row_window window;

  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_pieces(&render_ordered_list, pieces_of<Row>, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int const index = this->bind_rows(sink);
    sink.int64(index, window.limit);
    sink.int64(index + 1, window.offset);
  }
};

/// Where a page begins or ends, which way it goes, and how far.
template <class Row>
struct page_request {
  typename repository_traits<Row>::filter_type const& filter;
  sort_order<typename repository_traits<Row>::sort_type> const& order;
  page_cursor<Row> const& cursor;
  std::optional<std::size_t> per_page;
  bool backwards;
};

template <class Row, class Repository>
key_page<Row> fetch_page(Repository const& repository, page_request<Row> const& asked) {
  using traits = repository_traits<Row>;
  page_words const of{asked.backwards ? "page_before()" : "page_after()"};
  std::int64_t const size = window_of({1, asked.per_page}, traits::default_page_size, traits::max_page_size, of).limit;
  shape_mask const marks = mark_order<Row>(asked.order);
  page_columns const columns = page_columns_of(pieces_of<Row>, marks);
  std::uint64_t const number = list_number<Row>(columns);
  cursor_place const* const place = cursor_access::place(asked.cursor);
  if (place != nullptr) require_place<Row>(columns, *place, number);

  bool const backwards = asked.backwards;
  auto const rows_of = [&](cursor_place const* at, bool back, std::int64_t limit) {
    return key_page_statement<Row>{{}, {asked.filter, repository.standing(), marks, at, back}, limit};
  };
  return read_page<Row>(
      repository.session(), rows_of(place, backwards, size + 1), size, asked.cursor,
      {number, backwards, std::vector<cursor_value>(columns.size())},
      [&](auto const&, std::size_t i) { return columns[i].index; },
      [&](cursor_place const& near) { return rows_of(&near, !backwards, 1); });
}

}  // namespace detail

/// Pages by key, of a table or view whose spec says `cursor: true`; a base of its generated repository, Self.
///
/// A page costs what its own rows cost, however far it lies behind the beginning, where an index serves the order. Rows
/// are neither passed over nor repeated while others are inserted and deleted. All functions throw invalid_value for a
/// size of 0 or above the spec's maximum and for an order that is none, bad_cursor for a cursor of another order, and
/// what list() throws. A page that starts at a cursor takes a second statement, which reads one row, for the side that
/// it came from.
template <class Self, class Row>
class key_pages {
  using traits = repository_traits<Row>;

 public:
  using order_type = sort_order<typename traits::sort_type>;
  using cursor_type = page_cursor<Row>;

  /// The first rows behind the cursor; without one, of the list. An unset size is the table's default.
  [[nodiscard]] key_page<Row> page_after(typename traits::filter_type const& filter = {}, order_type const& order = {},
                                         cursor_type const& cursor = {},
                                         std::optional<std::size_t> size = std::nullopt) const {
    return detail::fetch_page<Row>(self(), {filter, order, cursor, size, false});
  }

  /// The last rows before the cursor; without one, of the list.
  [[nodiscard]] key_page<Row> page_before(typename traits::filter_type const& filter = {}, order_type const& order = {},
                                          cursor_type const& cursor = {},
                                          std::optional<std::size_t> size = std::nullopt) const {
    return detail::fetch_page<Row>(self(), {filter, order, cursor, size, true});
  }

  /// As list(), in an order of several columns.
  [[nodiscard]] page<Row> list_ordered(typename traits::filter_type const& filter, order_type const& order,
                                       offset_page asked = {}) const {
    auto const window = detail::window_of(asked, traits::default_page_size, traits::max_page_size, {"list_ordered()"});
    detail::ordered_list_statement<Row> const statement{
        {}, {filter, self().standing(), detail::mark_order<Row>(order)}, window};
    return {self().session().all(statement), self().count(filter), window.number(),
            static_cast<std::size_t>(window.limit)};
  }

 private:
  [[nodiscard]] Self const& self() const noexcept { return static_cast<Self const&>(*this); }
};

}  // namespace forge_db
