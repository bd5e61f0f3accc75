// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/aggregate.hpp>
#include <forge_db/query/functions/function.hpp>

#include <concepts>
#include <utility>

namespace forge_db {

/// `percentile_cont` or, with `Discrete`, `percentile_disc` of a group's numbers; NULL without any.
template <bool Discrete, expression Fraction, expression E>
struct percentile_of : detail::aggregate_call<percentile_of<Discrete, Fraction, E>, Fraction, E> {
  using detail::aggregate_call<percentile_of, Fraction, E>::aggregate_call;
  using value_type = std::conditional_t<Discrete, typename E::value_type, double>;
  using storage_type = std::conditional_t<Discrete, typename E::storage_type, storage::real>;
  static constexpr bool has_windows = false;

  static constexpr void render_call(sql_writer& out) {
    out.text(out.is_postgres() ? "percentile_" : "forge_percentile_");
    out.text(Discrete ? "disc(" : "cont(");
    Fraction::render(out);
    out.text(out.is_postgres() ? ") within group (order by " : ", ");
    E::render(out);
    out.text(")");
  }
};

namespace detail {

inline auto bound_fraction(double fraction) {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw invalid_value("forge_db: a percentile requires its fraction to be from 0 to 1; 0.95 is the 95th");
  }
  return bound_value<double, storage::real, true>(std::in_place, fraction);
}

template <class X>
consteval bool has_discrete_percentile() {
  return is_number_operand<X> || std::same_as<storage_of_operand<X>, storage::decimal_scaled>;
}

}  // namespace detail

/// The number that the fraction of the group's numbers lies below, between the two nearest in proportion. Exact. On
/// SQLite it is a function of ours: include driver/sqlite/sqlite_functions.hpp in one file of the program, else there
/// is no such function. Throws invalid_value if the fraction is not from 0 to 1.
template <class X>
[[nodiscard]] auto percentile_cont(double fraction, X&& operand) {
  static_assert(detail::is_number_operand<X>, "forge_db: percentile_cont() requires a number; cast what is none");
  if constexpr (detail::is_number_operand<X>) {
    return percentile_of<false, decltype(detail::bound_fraction(fraction)), detail::node_for<X>>(
        detail::bound_fraction(fraction), detail::node_of(std::forward<X>(operand)));
  }
}

/// The least of the group's numbers that at least the fraction of them is not greater than: always one of them.
template <class X>
[[nodiscard]] auto percentile_disc(double fraction, X&& operand) {
  constexpr bool number = detail::has_discrete_percentile<X>();
  static_assert(number, "forge_db: percentile_disc() requires a number or a decimal; cast what is none");
  if constexpr (number) {
    return percentile_of<true, decltype(detail::bound_fraction(fraction)), detail::node_for<X>>(
        detail::bound_fraction(fraction), detail::node_of(std::forward<X>(operand)));
  }
}

/// The number in the middle, or between the two in the middle.
template <class X>
[[nodiscard]] auto median(X&& operand) {
  return percentile_cont(0.5, std::forward<X>(operand));
}

}  // namespace forge_db
