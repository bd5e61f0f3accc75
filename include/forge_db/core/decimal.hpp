// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/digits.hpp>
#include <forge_db/core/error.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forge_db {

/// A decimal number of `Precision` digits, `Scale` of them after the point: decimal<10, 2> is -99999999.99 to
/// 99999999.99. Kept as an integer, 10.50 as 1050, so that comparing and adding are exact. Nothing is ever rounded:
/// what does not fit throws invalid_value. Floating point does not convert to it.
template <int Precision, int Scale>
class decimal {
  static_assert(Precision >= 1 && Precision <= 18,
                "forge_db: decimal requires Precision to be 1 to 18; take float64 or text for more digits");
  static_assert(Scale >= 0 && Scale <= Precision,
                "forge_db: decimal requires Scale to be 0 to Precision; give it more precision");

 public:
  static constexpr int precision = Precision;
  static constexpr int scale = Scale;

  /// Zero.
  constexpr decimal() noexcept = default;

  /// `from_scaled(1050)` is 10.50 where Scale is 2. Throws invalid_value if it has more than Precision digits.
  [[nodiscard]] static constexpr decimal from_scaled(std::int64_t scaled) {
    auto const value = try_from_scaled(scaled);
    if (!value) throw invalid_value("forge_db: decimal requires its value to have no more digits than its precision");
    return *value;
  }

  [[nodiscard]] static constexpr std::optional<decimal> try_from_scaled(std::int64_t scaled) noexcept {
    if (scaled <= -limit() || scaled >= limit()) return std::nullopt;
    decimal value;
    value.scaled_ = scaled;
    return value;
  }

  /// Reads `-`, digits, and `.` with digits; the sign and the fraction may be missing, zeros beyond Scale are accepted.
  /// Throws invalid_value for other text, and for what does not fit exactly.
  [[nodiscard]] static constexpr decimal parse(std::string_view text) {
    auto const value = try_parse(text);
    if (!value) {
      throw invalid_value(
          "forge_db: decimal::parse() requires its text to be a decimal number that fits without rounding");
    }
    return *value;
  }

  [[nodiscard]] static constexpr std::optional<decimal> try_parse(std::string_view text) noexcept;

  [[nodiscard]] constexpr std::int64_t scaled() const noexcept { return scaled_; }

  /// The number with exactly Scale digits after the point (and no point where Scale is 0): `-0.50`.
  [[nodiscard]] std::string text() const;

  constexpr decimal& operator+=(decimal other) { return *this = from_scaled(scaled_ + other.scaled_); }
  constexpr decimal& operator-=(decimal other) { return *this = from_scaled(scaled_ - other.scaled_); }
  [[nodiscard]] friend constexpr decimal operator+(decimal left, decimal right) { return left += right; }
  [[nodiscard]] friend constexpr decimal operator-(decimal left, decimal right) { return left -= right; }
  [[nodiscard]] constexpr decimal operator-() const { return from_scaled(-scaled_); }

  friend constexpr auto operator<=>(decimal const&, decimal const&) noexcept = default;

 private:
  /// 10^Precision; twice that still fits an int64, so sums are computed before they are checked.
  static constexpr std::int64_t limit() noexcept {
    std::int64_t power = 1;
    for (int i = 0; i < Precision; ++i) power *= 10;
    return power;
  }

  /// Appends a digit to `scaled`; false if that makes it too large.
  static constexpr bool append_digit(std::int64_t& scaled, char digit) noexcept {
    int const value = digit - '0';
    if (scaled > (limit() - 1 - value) / 10) return false;
    scaled = scaled * 10 + value;
    return true;
  }

  std::int64_t scaled_ = 0;
};

template <int Precision, int Scale>
constexpr std::optional<decimal<Precision, Scale>> decimal<Precision, Scale>::try_parse(
    std::string_view text) noexcept {
  bool const negative = detail::take_character(text, '-');
  std::size_t const point = text.find('.');
  std::string_view const whole = text.substr(0, point);
  std::string_view const fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
  std::int64_t scaled = 0;
  for (char const digit : whole) {
    if (!detail::is_digit(digit) || !append_digit(scaled, digit)) return std::nullopt;
  }
  for (std::size_t i = 0; i < fraction.size() || i < std::size_t{Scale}; ++i) {
    char const digit = i < fraction.size() ? fraction[i] : '0';
    if (!detail::is_digit(digit)) return std::nullopt;
    if (i < std::size_t{Scale} ? !append_digit(scaled, digit) : digit != '0') return std::nullopt;
  }
  return try_from_scaled(negative ? -scaled : scaled);
}

template <int Precision, int Scale>
std::string decimal<Precision, Scale>::text() const {
  bool const negative = scaled_ < 0;
  std::string text = std::to_string(negative ? -scaled_ : scaled_);
  if (text.size() <= std::size_t{Scale}) text.insert(0, std::size_t{Scale} + 1 - text.size(), '0');
  if constexpr (Scale > 0) text.insert(text.size() - std::size_t{Scale}, 1, '.');
  if (negative) text.insert(0, 1, '-');
  return text;
}

namespace detail {

/// True for a decimal of any precision.
template <class T>
inline constexpr bool is_decimal = false;
template <int Precision, int Scale>
inline constexpr bool is_decimal<decimal<Precision, Scale>> = true;

}  // namespace detail

}  // namespace forge_db
