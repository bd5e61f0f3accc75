// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/detail/cursor_text.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {
struct cursor_access;
}  // namespace detail

/// A place between two rows of an ordered list of List: a table's row struct, or what a select statement is of. Pages
/// give them out, and pages start at them. It is a value, and does not follow the row beside it: what is inserted on
/// the other side of the place does not appear on the page, and the row may be gone by then.
///
/// As text it goes through URLs and forms. The text knows which table it is of, its sort columns and their directions,
/// and has a checksum: what was cut, altered, or made for another list is bad_cursor, never other rows. It holds the
/// values of the sort columns, readable for whoever decodes it, and whoever computes the checksum can make one of
/// another place of the same list: it is no secret and no permission. Filters are not part of it.
template <class List>
class page_cursor {
 public:
  /// No place: pages after it start at the beginning, pages before it at the end.
  page_cursor() = default;

  /// Throws bad_cursor for anything but what text() gave; whether it is of the list is seen when it is used.
  [[nodiscard]] static page_cursor from_text(std::string_view text) {
    page_cursor cursor;
    cursor.place_ = detail::parse_cursor(text);
    return cursor;
  }

  /// Of the letters A-Z, a-z, 0-9, `-` and `_`; empty where there is no place.
  [[nodiscard]] std::string text() const { return place_ ? detail::cursor_text(*place_) : std::string(); }

  [[nodiscard]] bool has_place() const noexcept { return place_.has_value(); }

  friend bool operator==(page_cursor const&, page_cursor const&) = default;

 private:
  friend detail::cursor_access;
  std::optional<detail::cursor_place> place_{};
};

namespace detail {
/// Who may see the place: the pages.
struct cursor_access {
  template <class List>
  static cursor_place const* place(page_cursor<List> const& cursor) noexcept {
    return cursor.place_ ? &*cursor.place_ : nullptr;
  }
  template <class Cursor>
  static Cursor make(cursor_place place) {
    Cursor cursor;
    cursor.place_ = std::move(place);
    return cursor;
  }
};
}  // namespace detail

/// A page of an ordered list, its rows in the list's order whichever way it was reached, and the places around them:
/// `next = page_after(filter, order, page.end)`, `previous = page_before(filter, order, page.start)`.
template <class Row, class Cursor = page_cursor<Row>>
struct key_page {
  std::vector<Row> rows{};
  Cursor start{};             ///< Before the first row; of an empty page, where it was looked for.
  Cursor end{};               ///< Behind the last row.
  bool has_previous = false;  ///< There were rows before `start`.
  bool has_next = false;      ///< There were rows behind `end`.
};

}  // namespace forge_db
