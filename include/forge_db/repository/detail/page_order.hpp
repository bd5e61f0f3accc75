// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/page_segment.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/sort_order.hpp>

#include <array>
#include <cstddef>
#include <span>

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
};

/// The sort columns, and behind them those of the key in the first column's direction.
inline page_columns page_columns_of(list_pieces const& pieces, shape_mask const& mask) {
  page_columns columns;
  for (std::size_t const bit : page_bits::term) {
    std::size_t const number = mask.number(bit, 8);
    if (number == 0) break;
    sort_column const& sort = pieces.sorts[number - 1];
    columns.add({sort.quoted, static_cast<int>(sort.index), sort.nullable, mask.test(bit + page_bits::descending),
                 mask.test(bit + page_bits::nulls_first), mask.test(bit + page_bits::null_at_cursor)});
  }
  bool const descends = columns[0].descending;
  for (sort_column const& part : pieces.key) {
    if (columns.holds(part.quoted)) continue;
    columns.add({part.quoted, static_cast<int>(part.index), false, descends, false, false});
  }
  return columns;
}

/// The order of the walk backwards: the other directions, with NULLs at the other end. It is the order of another list
/// forwards, which has the same text.
inline shape_mask turned(list_pieces const& pieces, shape_mask const& order) {
  shape_mask mask;
  for (std::size_t const bit : page_bits::term) {
    std::size_t const number = order.number(bit, 8);
    if (number == 0) break;
    mask.set_number(bit, number);
    mask.set(bit + page_bits::descending, !order.test(bit + page_bits::descending));
    mask.set(bit + page_bits::nulls_first,
             pieces.sorts[number - 1].nullable && !order.test(bit + page_bits::nulls_first));
  }
  return mask;
}

template <class... Columns>
consteval bool never_null(column_list<Columns...>) {
  return (!Columns::nullable && ...);
}

/// A sort column of an order: its number, and which way it goes.
struct page_term {
  std::size_t number = 0;
  bool descending = false;
  bool nulls_first = false;
};

inline shape_mask mark_terms(std::span<page_term const> terms) {
  shape_mask mask;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    mask.set_number(page_bits::term[i], terms[i].number + 1);
    mask.set(page_bits::term[i] + page_bits::descending, terms[i].descending);
    mask.set(page_bits::term[i] + page_bits::nulls_first, terms[i].nulls_first);
  }
  return mask;
}

/// The bits of an order. What changes nothing is left out, so that there is one mask for a text: columns behind the
/// last one of the key, because rows that are alike in the key are one row, and columns of the key that would stand
/// there anyway.
inline shape_mask mark_needed_terms(list_pieces const& pieces, std::span<page_term const> terms) {
  std::size_t key_columns = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (sort_column const& part : pieces.key) key_columns += part.quoted == pieces.sorts[terms[i].number].quoted;
    if (key_columns == pieces.key.size()) terms = terms.first(i + 1);
  }
  shape_mask mask = mark_terms(terms);
  while (terms.size() > 1) {
    terms = terms.first(terms.size() - 1);
    shape_mask const shorter = mark_terms(terms);
    if (page_columns_of(pieces, shorter) != page_columns_of(pieces, mask)) break;
    mask = shorter;
  }
  return mask;
}

/// The bits of an order. Throws invalid_value for what is no enumerator.
template <class Row>
shape_mask mark_order(sort_order<typename repository_traits<Row>::sort_type> const& order) {
  using traits = repository_traits<Row>;
  using sort_type = typename traits::sort_type;
  static_assert(table<Row>::key::size > 0 && table<Row>::key::size <= 16,
                "forge_db: pages by key require a key of 1 to 16 columns; name the key of the view by 'key'");
  static_assert(never_null(typename table<Row>::key{}),
                "forge_db: pages by key require a key that is never NULL; name such columns by 'key' of the view");
  static_assert(traits::sorts::size <= 255,
                "forge_db: pages by key require at most 255 sort columns; remove some from sort:");
  list_pieces const& pieces = pieces_of<Row>;
  sort_order<sort_type> const by_default(traits::default_sort);
  std::array<page_term, sort_order<sort_type>::capacity> terms{};
  std::size_t size = 0;
  for (sort_term<sort_type> const& term : order.size() == 0 ? by_default : order) {
    std::size_t const number = usable_sort(static_cast<std::size_t>(term.column), traits::sorts::size);
    direction const own = term.column == traits::default_sort ? traits::default_direction : direction::ascending;
    bool const descends = term.way.value_or(own) == direction::descending;
    bool const first = term.place == nulls::lowest ? !descends : term.place == nulls::first;
    terms[size++] = {number, descends, pieces.sorts[number].nullable && first};
  }
  return mark_needed_terms(pieces, std::span(terms).first(size));
}

}  // namespace forge_db::detail
