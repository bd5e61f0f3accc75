// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace forge_db {

/// An end of a frame: so many rows or groups from the current one, negative ones before it.
template <std::int64_t Offset>
struct frame_bound {
  static constexpr std::int64_t offset = Offset;
};

inline constexpr frame_bound<std::numeric_limits<std::int64_t>::min()> unbounded_preceding{};
inline constexpr frame_bound<0> current_row{};
inline constexpr frame_bound<std::numeric_limits<std::int64_t>::max()> unbounded_following{};
/// `preceding<6>`: so many rows or groups before the current one.
template <std::int64_t Rows>
  requires(Rows > 0)
inline constexpr frame_bound<-Rows> preceding{};
template <std::int64_t Rows>
  requires(Rows > 0)
inline constexpr frame_bound<Rows> following{};

enum class frame_kind : std::uint8_t { rows, range, groups };

/// The rows of a window that a function looks at: from one bound to another, both inclusive.
template <frame_kind Kind, std::int64_t From, std::int64_t To>
struct window_frame {
  static_assert(From <= To && From != unbounded_following.offset && To != unbounded_preceding.offset,
                "forge_db: a frame requires its first bound to be before its second; swap them");
  static_assert(Kind != frame_kind::range || ((From == 0 || From == unbounded_preceding.offset) &&
                                              (To == 0 || To == unbounded_following.offset)),
                "forge_db: range_between() requires bounds that are unbounded or the current row; rows_between() and "
                "groups_between() count");
  static constexpr bool is_said = true;
  static constexpr bool needs_order = Kind != frame_kind::rows;
  static constexpr bool may_be_empty = From > 0 || To < 0;

  static constexpr void render(sql_writer& out, sql_separator& space) {
    space(out);
    constexpr std::string_view words[] = {"rows between ", "range between ", "groups between "};
    out.text(words[static_cast<std::size_t>(Kind)]);
    render_bound<From>(out);
    out.text(" and ");
    render_bound<To>(out);
  }

 private:
  template <std::int64_t Offset>
  static constexpr void render_bound(sql_writer& out) {
    if constexpr (Offset == 0) {
      out.text("current row");
    } else {
      constexpr bool before = Offset < 0;
      if constexpr (Offset == unbounded_preceding.offset || Offset == unbounded_following.offset) {
        out.text("unbounded");
      } else {
        out.number(static_cast<std::size_t>(before ? -Offset : Offset));
      }
      out.text(before ? " preceding" : " following");
    }
  }
};

/// What a window has where none is said: with an order all rows up to the current one and its peers, else all.
struct default_frame {
  static constexpr bool is_said = false;
  static constexpr bool needs_order = false;
  static constexpr bool may_be_empty = false;
  static constexpr void render(sql_writer&, sql_separator&) {}
};

template <std::int64_t From, std::int64_t To>
[[nodiscard]] constexpr auto rows_between(frame_bound<From>, frame_bound<To>) {
  return window_frame<frame_kind::rows, From, To>{};
}
/// Rows that are equal in the order are peers, and come together.
template <std::int64_t From, std::int64_t To>
[[nodiscard]] constexpr auto range_between(frame_bound<From>, frame_bound<To>) {
  return window_frame<frame_kind::range, From, To>{};
}
/// Counts groups of peers.
template <std::int64_t From, std::int64_t To>
[[nodiscard]] constexpr auto groups_between(frame_bound<From>, frame_bound<To>) {
  return window_frame<frame_kind::groups, From, To>{};
}

}  // namespace forge_db
