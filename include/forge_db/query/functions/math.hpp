// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/functions/function.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

// Functions of numbers, NULL where an operand is. What rounds answers a real number.
namespace forge_db {

namespace detail {

struct abs_text {
  static constexpr std::string_view sqlite = "abs(@1)";
  static constexpr std::string_view postgres = sqlite;
};
struct minus_text {
  static constexpr std::string_view sqlite = "(-~1)";  // two in a row would begin a comment
  static constexpr std::string_view postgres = sqlite;
};

// SQLite's round() adds a half and cuts off what is less than 2 to the 52nd; PostgreSQL's would round halves to even.
struct round_text {
  static constexpr std::string_view sqlite = "round(@1)";
  static constexpr std::string_view postgres =
      "case when abs(@1) < 4503599627370496 then trunc(~1 + sign(@1) * 0.5::double precision) else @1 end";
};
struct round_to_text {
  static constexpr std::string_view sqlite = "(round(~1 * @2) / @2)";
  static constexpr std::string_view postgres =
      "case when abs(~1 * @2) < 4503599627370496 then trunc(~1 * @2 + sign(@1) * 0.5::double precision) / @2 else @1 "
      "end";
};

// SQLite has floor() and ceil() only where it was built with them.
struct floor_text {
  static constexpr std::string_view sqlite =
      "case when abs(@1) < 4503599627370496.0 then (cast(@1 as integer) - (~1 < cast(@1 as integer))) * 1.0 else @1 "
      "end";
  static constexpr std::string_view postgres = "floor(@1)";
};
struct ceil_text {
  static constexpr std::string_view sqlite =
      "case when abs(@1) < 4503599627370496.0 then (cast(@1 as integer) + (~1 > cast(@1 as integer))) * 1.0 else @1 "
      "end";
  static constexpr std::string_view postgres = "ceil(@1)";
};

struct sqrt_text {
  static constexpr std::string_view sqlite = "sqrt(@1)";
  static constexpr std::string_view postgres = "case when ~1 >= 0 then sqrt(@1) end";
  static constexpr null_rule nulls = null_rule::always;
};
struct power_text {
  static constexpr std::string_view sqlite = "pow(@1, @2)";
  static constexpr std::string_view postgres = "power(@1, @2)";
  static constexpr null_rule nulls = null_rule::always;
};

template <class Text, class X>
constexpr auto call_real(X&& operand) {
  return call<Text, double, storage::real>(node_of(std::forward<X>(operand)));
}

/// 10 to the power of `digits`.
constexpr double power_of_ten(int digits) {
  if (digits < 0 || digits > 15) {
    throw invalid_value("forge_db: round() requires its digits to be 0 to 15; a double has no more");
  }
  double power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;
  return power;
}

template <class X>
consteval bool can_be_absolute() {
  if constexpr (is_operand<X>) {
    return is_number_operand<X> || std::same_as<storage_of_operand<X>, storage::decimal_scaled>;
  } else {
    return false;
  }
}

}  // namespace detail

/// The number without its sign, of the same type. Both dialects refuse it for the smallest 64 bit integer.
template <class X>
[[nodiscard]] constexpr auto abs(X&& operand) {
  static_assert(detail::can_be_absolute<X>(), "forge_db: abs() requires a number or a decimal; cast what is none");
  if constexpr (detail::can_be_absolute<X>()) {
    return detail::call_like<detail::abs_text>(detail::node_of(std::forward<X>(operand)));
  }
}

/// The number with the other sign, as `0 - x` has it: of int64 where it is an integer, of its own type else.
template <detail::arithmetic_operand X>
[[nodiscard]] constexpr auto operator-(X operand) {
  static_assert(detail::can_be_absolute<X>(),
                "forge_db: the minus sign requires a number or a decimal; cast what is none");
  if constexpr (detail::is_integer_operand<X>) {
    return detail::call<detail::minus_text, std::int64_t, storage::integer>(detail::node_of(std::move(operand)));
  } else if constexpr (detail::can_be_absolute<X>()) {
    return detail::call_like<detail::minus_text>(detail::node_of(std::move(operand)));
  }
}

/// The nearest whole number, halves away from zero.
template <class X>
[[nodiscard]] constexpr auto round(X&& operand) {
  static_assert(detail::is_real_operand<X>, "forge_db: round() requires a real number; an integer is whole already");
  if constexpr (detail::is_real_operand<X>) return detail::call_real<detail::round_text>(std::forward<X>(operand));
}

/// The number times 10 to the power of `digits`, rounded, and divided again, in IEEE arithmetic: 1.005 to two digits is
/// 1, for it is less than it looks. Throws invalid_value if digits are not 0 to 15.
template <class X>
[[nodiscard]] constexpr auto round(X&& operand, int digits) {
  static_assert(detail::is_real_operand<X>, "forge_db: round() requires a real number; an integer is whole already");
  if constexpr (detail::is_real_operand<X>) {
    return detail::call<detail::round_to_text, double, storage::real>(
        detail::node_of(std::forward<X>(operand)), detail::bound<true>(detail::power_of_ten(digits)));
  }
}

/// The next whole number that is not greater.
template <class X>
[[nodiscard]] constexpr auto floor(X&& operand) {
  static_assert(detail::is_real_operand<X>, "forge_db: floor() requires a real number; an integer is whole already");
  if constexpr (detail::is_real_operand<X>) return detail::call_real<detail::floor_text>(std::forward<X>(operand));
}

/// The next whole number that is not less.
template <class X>
[[nodiscard]] constexpr auto ceil(X&& operand) {
  static_assert(detail::is_real_operand<X>, "forge_db: ceil() requires a real number; an integer is whole already");
  if constexpr (detail::is_real_operand<X>) return detail::call_real<detail::ceil_text>(std::forward<X>(operand));
}

/// The square root; NULL of a negative number. SQLite has it where it was built with SQLITE_ENABLE_MATH_FUNCTIONS, as
/// Debian's is.
template <class X>
[[nodiscard]] constexpr auto sqrt(X&& operand) {
  static_assert(detail::is_real_operand<X>, "forge_db: sqrt() requires a real number; cast<double>() makes one");
  if constexpr (detail::is_real_operand<X>) return detail::call_real<detail::sqrt_text>(std::forward<X>(operand));
}

/// The number to a power. What is no real number (a root of a negative one, a division by 0) is NULL or infinite on
/// SQLite and an error on PostgreSQL. SQLite as for sqrt().
template <class X, class Y>
[[nodiscard]] constexpr auto power(X&& operand, Y&& exponent) {
  constexpr bool real =
      detail::is_real_operand<X> && (detail::is_real_operand<Y> || std::is_arithmetic_v<std::remove_cvref_t<Y>>);
  static_assert(real, "forge_db: power() requires a real number and a number; cast<double>() makes one");
  if constexpr (real) {
    auto node = detail::node_of(std::forward<X>(operand));
    if constexpr (detail::is_operand<Y>) {
      return detail::call<detail::power_text, double, storage::real>(std::move(node),
                                                                     detail::node_of(std::forward<Y>(exponent)));
    } else {
      return detail::call<detail::power_text, double, storage::real>(
          std::move(node), detail::bound<true>(static_cast<double>(exponent)));
    }
  }
}

}  // namespace forge_db
