// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/predicate.hpp>
#include <forge_db/repository/standing.hpp>

#include <concepts>

namespace forge_db::detail {

/// The standing conditions of a table that has some, as a condition for where(). Borrows the tenant.
template <class Row, seen_rows Seen = seen_rows::living>
  requires(has_standing<Row>)
class standing_condition : public predicate_base {
 public:
  static constexpr int strength = 2;

  explicit standing_condition(standing<Row> const& conditions) noexcept : conditions_(conditions) {}

  static constexpr void render(sql_writer& out) {
    sql_separator separate(" and ");
    render_standing<Row>(out, separate, mask_of(Seen));
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    bind_standing(sink, index, conditions_);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return (std::same_as<Row, Rows> || ...);
  }

 private:
  standing<Row> conditions_;
};

}  // namespace forge_db::detail
