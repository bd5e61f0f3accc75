// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/page_cursor.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace forge_db::detail {

/// Reads a page: `rows` is the statement of its rows in the order of the walk, and of one more. `here` is a place of
/// the list, `behind` if the walk goes backwards; its values come from `column_of(running, i)`. `beyond(place)` is the
/// statement of one row on the other side of a place, asked for only if the page starts at one: it came from there.
template <class Row, class Cursor, class Session, class Rows, class ColumnOf, class Beyond>
key_page<Row, Cursor> read_page(Session& session, Rows const& rows, std::int64_t size, Cursor const& asked,
                                cursor_place here, ColumnOf column_of, Beyond beyond) {
  bool const backwards = here.behind;
  key_page<Row, Cursor> page{{}, asked, asked, false, false};
  Cursor& near = backwards ? page.end : page.start;
  bool more = false;
  {
    auto running = session.connection().prepare(rows);
    rows.bind(running);
    while (running.step()) {
      if (static_cast<std::int64_t>(page.rows.size()) == size) {
        more = true;
        break;
      }
      rows.decode(running, page.rows.emplace_back());
      for (std::size_t i = 0; i < here.values.size(); ++i) here.values[i].read(running, column_of(running, i));
      if (page.rows.size() == 1) near = cursor_access::make<Cursor>(here);
    }
  }
  if (!page.rows.empty()) {
    here.behind = !backwards;
    (backwards ? page.start : page.end) = cursor_access::make<Cursor>(std::move(here));
  }
  if (backwards) std::reverse(page.rows.begin(), page.rows.end());
  (backwards ? page.has_previous : page.has_next) = more;
  if (asked.has_place()) {
    bool const came_from = session.first(beyond(*cursor_access::place(near))).has_value();
    (backwards ? page.has_next : page.has_previous) = came_from;
  }
  return page;
}

}  // namespace forge_db::detail
