// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/digits.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// The text of days and times, on plain integers: date.hpp and timestamp.hpp say what it means.
namespace forge_db::detail {

// The years 0001 to 9999: what four digits can say.
inline constexpr std::int32_t first_written_day = -719'162;
inline constexpr std::int32_t last_written_day = 2'932'896;

/// Takes `YYYY-MM-DD` off the front of `text`, as days since the epoch.
[[nodiscard]] constexpr std::optional<std::int32_t> take_days(std::string_view& text) noexcept {
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (!take_digits(text, 4, year) || !take_character(text, '-') || !take_digits(text, 2, month) ||
      !take_character(text, '-') || !take_digits(text, 2, day)) {
    return std::nullopt;
  }
  std::chrono::year_month_day const read{std::chrono::year{static_cast<int>(year)}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (year == 0 || !read.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days{read}.time_since_epoch().count());
}

/// Requires a day of the years 0001 to 9999.
constexpr void write_days(std::int32_t days, char* out10) noexcept {
  std::chrono::year_month_day const day{std::chrono::sys_days{std::chrono::days{days}}};
  write_digits(out10, 4, static_cast<unsigned>(static_cast<int>(day.year())));
  out10[4] = '-';
  write_digits(out10 + 5, 2, static_cast<unsigned>(day.month()));
  out10[7] = '-';
  write_digits(out10 + 8, 2, static_cast<unsigned>(day.day()));
}

inline constexpr std::int64_t microseconds_a_second = 1'000'000;
inline constexpr std::int64_t microseconds_a_day = 86'400 * microseconds_a_second;

/// Takes `HH:MM:SS` off the front of `text`, as seconds.
[[nodiscard]] constexpr std::optional<std::int64_t> take_time_of_day(std::string_view& text) noexcept {
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  if (!take_digits(text, 2, hour) || !take_character(text, ':') || !take_digits(text, 2, minute) ||
      !take_character(text, ':') || !take_digits(text, 2, second)) {
    return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return hour * 3600 + minute * 60 + second;
}

/// Takes a fraction of 1 to 9 digits, if there is one, as microseconds.
[[nodiscard]] constexpr std::optional<std::int64_t> take_fraction(std::string_view& text) noexcept {
  if (!take_character(text, '.')) return 0;
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  if (count < 1 || count > 9) return std::nullopt;
  std::int64_t microseconds = 0;
  for (std::size_t i = 0; i < 6; ++i) microseconds = microseconds * 10 + (i < count ? text[i] - '0' : 0);
  text.remove_prefix(count);
  return microseconds;
}

/// Takes an offset from UTC, if there is one, as seconds.
[[nodiscard]] constexpr std::optional<std::int64_t> take_offset(std::string_view& text) noexcept {
  if (text.empty() || take_character(text, 'Z')) return 0;
  bool const west = take_character(text, '-');
  if (!west && !take_character(text, '+')) return std::nullopt;
  unsigned hour = 0;
  unsigned minute = 0;
  if (!take_digits(text, 2, hour)) return std::nullopt;
  if (take_character(text, ':') && !take_digits(text, 2, minute)) return std::nullopt;
  if (hour > 23 || minute > 59) return std::nullopt;
  std::int64_t const seconds = hour * 3600 + minute * 60;
  return west ? -seconds : seconds;
}

/// The moment that `text` stands for, in microseconds since the epoch.
[[nodiscard]] constexpr std::optional<std::int64_t> read_moment(std::string_view text) noexcept {
  auto const days = take_days(text);
  if (!days || (!take_character(text, ' ') && !take_character(text, 'T'))) return std::nullopt;
  auto const seconds = take_time_of_day(text);
  if (!seconds) return std::nullopt;
  auto const fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  auto const offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return *days * microseconds_a_day + (*seconds - *offset) * microseconds_a_second + *fraction;
}

/// True for `YYYY-MM-DD HH:MM:SS.ffffff`, provided that read_moment() accepts `text`.
[[nodiscard]] constexpr bool has_canonical_marks(std::string_view text) noexcept {
  if (text.size() != 26 || text[10] != ' ' || text[19] != '.') return false;
  unsigned fraction = 0;
  text.remove_prefix(20);
  return take_digits(text, 6, fraction);
}

/// Writes the 26 characters of the canonical form. Requires a moment of the years 0001 to 9999.
constexpr void write_moment(std::int64_t microseconds, char* out26) noexcept {
  auto days = microseconds / microseconds_a_day;
  auto rest = microseconds % microseconds_a_day;
  if (rest < 0) {  // before 1970 the division rounds up
    rest += microseconds_a_day;
    --days;
  }
  auto const seconds = static_cast<unsigned>(rest / microseconds_a_second);
  write_days(static_cast<std::int32_t>(days), out26);
  out26[10] = ' ';
  write_digits(out26 + 11, 2, seconds / 3600);
  out26[13] = ':';
  write_digits(out26 + 14, 2, seconds / 60 % 60);
  out26[16] = ':';
  write_digits(out26 + 17, 2, seconds % 60);
  out26[19] = '.';
  write_digits(out26 + 20, 6, static_cast<unsigned>(rest % microseconds_a_second));
}

}  // namespace forge_db::detail
