// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/moment_text.hpp>
#include <forge_db/core/error.hpp>

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forge_db {

/// A day of the proleptic Gregorian calendar, without time or time zone; the default is 1970-01-01.
/// Years 0001 to 9999 have a text; others can be computed with, but not written.
class date {
 public:
  constexpr date() noexcept = default;
  constexpr date(std::chrono::sys_days day) noexcept  // NOLINT(google-explicit-constructor)
      : days_(static_cast<std::int32_t>(day.time_since_epoch().count())) {}

  /// Throws invalid_value if there is no such day (February 30th).
  constexpr date(std::chrono::year_month_day day)  // NOLINT(google-explicit-constructor)
      : date(existing(day)) {}

  [[nodiscard]] static constexpr date from_unix_days(std::int32_t days) noexcept {
    return date{std::chrono::sys_days{std::chrono::days{days}}};
  }

  [[nodiscard]] constexpr std::int32_t unix_days() const noexcept { return days_; }
  [[nodiscard]] constexpr std::chrono::sys_days sys_days() const noexcept {
    return std::chrono::sys_days{std::chrono::days{days_}};
  }
  [[nodiscard]] constexpr std::chrono::year_month_day year_month_day() const noexcept { return sys_days(); }

  friend constexpr auto operator<=>(date const&, date const&) noexcept = default;

 private:
  static constexpr std::chrono::sys_days existing(std::chrono::year_month_day day) {
    if (!day.ok()) throw invalid_value("forge_db: date() requires its argument to be a day of the calendar");
    return day;
  }

  std::int32_t days_ = 0;
};

/// Reads `YYYY-MM-DD`, years 0001 to 9999, and nothing else.
[[nodiscard]] constexpr std::optional<date> parse_date(std::string_view text) noexcept {
  auto const days = detail::take_days(text);
  if (!days || !text.empty()) return std::nullopt;
  return date::from_unix_days(*days);
}

/// Writes the 10 characters `YYYY-MM-DD`, and no zero after them.
/// Throws invalid_value, having written nothing, outside the years 0001 to 9999.
constexpr void write_date(date value, char* out10) {
  if (value.unix_days() < detail::first_written_day || value.unix_days() > detail::last_written_day) {
    throw invalid_value("forge_db: write_date() requires a year from 0001 to 9999; check the value before writing it");
  }
  detail::write_days(value.unix_days(), out10);
}

/// The 10 characters of write_date(), under the same conditions.
[[nodiscard]] inline std::string date_text(date value) {
  std::string text(10, '-');
  write_date(value, text.data());
  return text;
}

}  // namespace forge_db

template <>
struct std::hash<forge_db::date> {
  [[nodiscard]] std::size_t operator()(forge_db::date value) const noexcept {
    return std::hash<std::int32_t>{}(value.unix_days());
  }
};
