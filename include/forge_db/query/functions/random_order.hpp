// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/expression.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/sql_writer.hpp>

namespace forge_db {

/// A term of order_by() that is drawn anew for each row.
struct random_order_term {
  static constexpr detail::level level = detail::level::row;

  static constexpr void render(sql_writer& out) { out.text("random()"); }
  template <class...>
  static consteval bool belongs_to() {
    return true;
  }
};
template <>
inline constexpr bool is_order_term<random_order_term> = true;

/// Rows in an order that the database draws: `select<Book>().order_by(random_order()).limit(3)` are three of them. All
/// rows are read for it. Not among distinct rows, of set operations, and no order of pages.
[[nodiscard]] constexpr random_order_term random_order() { return {}; }

}  // namespace forge_db
