// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/order.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/sort_order.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

// The order of a page as bits of its statement's mask, and back. Bits below 160 are the filters'; a sort column takes
// eleven: its number from 1 (8), descending, NULLs first, and NULL at the cursor.
namespace forge_db::detail {

struct page_bits {
  static constexpr std::size_t filters = 160;
  static constexpr std::array<std::size_t, 4> term{160, 172, 192, 204};  // none crosses a word
  static constexpr std::size_t descending = 8;
  static constexpr std::size_t nulls_first = 9;
  static constexpr std::size_t null_at_cursor = 10;

  static constexpr std::size_t has_cursor = 184;
  static constexpr std::size_t includes_row = 185;  // the row at the cursor lies on the page's side of it
  static constexpr std::size_t backwards = 186;
};

/// A column as the page walks along it: backwards is the other direction, with NULLs at the other end.
struct page_column {
  std::string_view quoted;
  int index;  // in the row
  bool nullable;
  bool descending;
  bool nulls_first;
  bool null_at_cursor;
};

/// The sort columns, and behind them what the key adds, so that no two rows are alike.
class page_order {
 public:
  static constexpr std::size_t capacity = 20;

  page_order(list_pieces const& pieces, shape_mask const& mask) {
    bool const flipped = mask.test(page_bits::backwards);
    bool key_descends = false;
    for (std::size_t const bit : page_bits::term) {
      std::size_t const number = mask.number(bit, 8);
      if (number == 0) break;
      sort_column const& sort = pieces.sorts[number - 1];
      bool const descends = mask.test(bit + page_bits::descending);
      if (size_ == 0) key_descends = descends;
      columns_[size_++] = {sort.quoted,
                           static_cast<int>(sort.index),
                           sort.nullable,
                           descends != flipped,
                           sort.nullable && mask.test(bit + page_bits::nulls_first) != flipped,
                           mask.test(bit + page_bits::null_at_cursor)};
    }
    for (sort_column const& part : pieces.key) {
      if (holds(part.quoted)) continue;
      columns_[size_++] = {part.quoted, static_cast<int>(part.index), false, key_descends != flipped, false, false};
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] page_column const& operator[](std::size_t at) const noexcept { return columns_[at]; }
  [[nodiscard]] page_column const* begin() const noexcept { return columns_.data(); }
  [[nodiscard]] page_column const* end() const noexcept { return columns_.data() + size_; }

  void render(sql_writer& out) const {
    sql_separator separate(", ", " order by ");
    for (page_column const& column : *this) {
      separate(out);
      render_order(out, {}, column.quoted, column.nullable,
                   column.descending ? direction::descending : direction::ascending,
                   column.nulls_first ? nulls::first : nulls::last);
    }
  }

 private:
  [[nodiscard]] bool holds(std::string_view quoted) const noexcept {
    for (page_column const& column : *this) {
      if (column.quoted == quoted) return true;
    }
    return false;
  }

  std::array<page_column, capacity> columns_{};
  std::size_t size_ = 0;
};

template <class... Columns>
consteval bool never_null(column_list<Columns...>) {
  return (!Columns::nullable && ...);
}

/// The bits of an order. Terms behind the last column of the key change nothing, and are left out: rows that are alike
/// in the key are one row. Throws invalid_value for what is no enumerator.
template <class Row>
shape_mask mark_order(sort_order<typename repository_traits<Row>::sort_type> const& order) {
  using traits = repository_traits<Row>;
  using sort_type = typename traits::sort_type;
  static_assert(table<Row>::key::size > 0 && table<Row>::key::size <= 16,
                "forge_db: pages by key require a key of 1 to 16 columns; name the key of the view by 'key'");
  static_assert(never_null(typename table<Row>::key{}),
                "forge_db: pages by key require a key that is never NULL; name such columns by 'key' of the view");
  static_assert(traits::sorts::size <= 255, "forge_db: pages by key require at most 255 sort columns");
  list_pieces const& pieces = pieces_of<Row>;
  sort_order<sort_type> const by_default(traits::default_sort);
  shape_mask mask;
  std::size_t place = 0;
  std::size_t key_columns = 0;
  for (sort_term<sort_type> const& term : order.size() == 0 ? by_default : order) {
    std::size_t const number = usable_sort(static_cast<std::size_t>(term.column), traits::sorts::size);
    if (key_columns == pieces.key.size()) continue;
    sort_column const& sort = pieces.sorts[number];
    direction const own = term.column == traits::default_sort ? traits::default_direction : direction::ascending;
    bool const descends = term.way.value_or(own) == direction::descending;
    std::size_t const bit = page_bits::term[place++];
    mask.set_number(bit, number + 1);
    mask.set(bit + page_bits::descending, descends);
    bool const first = term.place == nulls::lowest ? !descends : term.place == nulls::first;
    mask.set(bit + page_bits::nulls_first, sort.nullable && first);
    for (sort_column const& part : pieces.key) key_columns += part.quoted == sort.quoted ? 1 : 0;
  }
  return mask;
}

}  // namespace forge_db::detail
