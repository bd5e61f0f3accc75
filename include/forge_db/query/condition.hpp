// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/predicate.hpp>

#include <concepts>

namespace forge_db::detail {

// What a statement holds in the place of a where(), before and instead of one.

/// Every row was meant: a select without where(), an update that says all_rows().
struct every_row {
  static constexpr void render(sql_writer&) {}
  template <class Sink>
  void bind(Sink&, int&) const {}
};

/// An update or remove that has not said yet which rows.
struct not_said {
  static constexpr void render(sql_writer&) {}
  template <class Sink>
  void bind(Sink&, int&) const {}
};

template <class Where>
constexpr void render_where(sql_writer& out) {
  if constexpr (predicate<Where>) {
    out.text(" where ");
    Where::render(out);
  }
}

/// What a condition has to be in a statement that changes rows, with its words.
template <predicate P>
consteval bool check_changing_condition() {
  static_assert(P::level != level::group,
                "forge_db: where() requires a condition on rows; compare with an aggregate by a scalar() select");
  static_assert(P::level != level::window,
                "forge_db: where() requires no window function; select the keys of such rows, and take them by in()");
  static_assert(!P::has_choice, "forge_db: when() is not supported yet in an update or remove; write both statements");
  return true;
}

/// The rule of where() in an update or remove, with its words. Place it where the predicate comes in.
template <class P, class... Rows>
consteval bool check_where() {
  static_assert(predicate<P>, "forge_db: where() requires a condition; compare a column with a value");
  if constexpr (predicate<P>) {
    static_assert(columns_belong_to<P, Rows...>(),
                  "forge_db: where() requires columns of the selected table; add a join, or move the condition");
    static_assert(check_changing_condition<P>());
  }
  return true;
}

}  // namespace forge_db::detail
