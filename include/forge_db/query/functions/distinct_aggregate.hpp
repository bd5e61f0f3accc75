// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/aggregate.hpp>

#include <string_view>
#include <utility>

// Aggregates of different values, each of which counts once; count_distinct() is among the others.
namespace forge_db {

namespace detail {

/// How the call of an aggregate of different values begins; of those that have one.
template <class Aggregate>
struct distinct_call;
template <expression E>
struct distinct_call<sum_of<E>> {
  static constexpr std::string_view begin = "sum(distinct ";
};
template <expression E>
struct distinct_call<avg_of<E>> {
  static constexpr std::string_view begin = "avg(distinct ";
};

}  // namespace detail

/// `sum(distinct operand)` or `avg(distinct operand)`: the aggregate, in all but its rows.
template <class Aggregate, expression E>
struct of_distinct : detail::aggregate_call<of_distinct<Aggregate, E>, E> {
  using detail::aggregate_call<of_distinct, E>::aggregate_call;
  using value_type = typename Aggregate::value_type;
  using storage_type = typename Aggregate::storage_type;
  static constexpr std::string_view postgres_cast = Aggregate::postgres_cast;
  static constexpr bool has_windows = false;

  static constexpr void render_call(sql_writer& out) {
    out.text(detail::distinct_call<Aggregate>::begin);
    E::render(out);
    out.text(")");
  }
};

/// The sum of the different values; NULL without any.
template <class X>
[[nodiscard]] constexpr auto sum_distinct(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: sum_distinct() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    using node = detail::node_for<X>;
    static_assert(detail::can_be_summed<node>, "forge_db: sum_distinct() requires a number; cast what is none");
    if constexpr (detail::can_be_summed<node>) {
      return of_distinct<sum_of<node>, node>(detail::node_of(std::forward<X>(operand)));
    }
  }
}

/// The mean of the different values, a double; NULL without any.
template <class X>
[[nodiscard]] constexpr auto avg_distinct(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: avg_distinct() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    using node = detail::node_for<X>;
    static_assert(detail::is_plain_number<node>, "forge_db: avg_distinct() requires a number; cast what is none");
    if constexpr (detail::is_plain_number<node>) {
      return of_distinct<avg_of<node>, node>(detail::node_of(std::forward<X>(operand)));
    }
  }
}

}  // namespace forge_db
