// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/moment_text.hpp>
#include <forge_db/core/error.hpp>

#include <chrono>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forge_db {

namespace detail {

[[noreturn]] inline void throw_timestamp_overflow() {
  throw invalid_value("forge_db: timestamp requires its value to be within 292000 years of 1970");
}

/// A duration as whole microseconds, rounded down; throws invalid_value if they do not fit.
template <std::integral Rep, class Period>
[[nodiscard]] constexpr std::int64_t to_microseconds(std::chrono::duration<Rep, Period> duration) {
  using factor = std::ratio_divide<Period, std::micro>;
  if constexpr (factor::den == 1) {
    std::int64_t microseconds = 0;
    if (__builtin_mul_overflow(duration.count(), std::int64_t{factor::num}, &microseconds)) throw_timestamp_overflow();
    return microseconds;
  } else {
    return std::chrono::floor<std::chrono::duration<std::int64_t, std::micro>>(duration).count();
  }
}

[[nodiscard]] constexpr std::int64_t add_microseconds(std::int64_t left, std::int64_t right) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left, right, &sum)) throw_timestamp_overflow();
  return sum;
}

[[nodiscard]] constexpr std::int64_t subtract_microseconds(std::int64_t left, std::int64_t right) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(left, right, &difference)) throw_timestamp_overflow();
  return difference;
}

}  // namespace detail

/// A moment: microseconds since 1970-01-01 00:00:00 UTC, without leap seconds; the default is that moment.
/// Every int64 is a value; only min() to max(), the years 0001 to 9999, has a text.
/// Arithmetic with chrono durations of integers throws invalid_value on overflow.
class timestamp {
 public:
  using duration = std::chrono::duration<std::int64_t, std::micro>;

  constexpr timestamp() noexcept = default;

  /// What is finer than a microsecond is rounded down (towards the past).
  template <class Duration>
  constexpr timestamp(std::chrono::sys_time<Duration> time)  // NOLINT(google-explicit-constructor): the same thing
      : microseconds_(detail::to_microseconds(time.time_since_epoch())) {}

  [[nodiscard]] static timestamp now() { return std::chrono::system_clock::now(); }

  [[nodiscard]] static constexpr timestamp from_unix_us(std::int64_t microseconds) noexcept {
    timestamp value;
    value.microseconds_ = microseconds;
    return value;
  }

  /// 0001-01-01 00:00:00.000000
  [[nodiscard]] static constexpr timestamp min() noexcept { return from_unix_us(-62'135'596'800'000'000); }
  /// 9999-12-31 23:59:59.999999
  [[nodiscard]] static constexpr timestamp max() noexcept { return from_unix_us(253'402'300'799'999'999); }

  [[nodiscard]] constexpr std::int64_t unix_us() const noexcept { return microseconds_; }
  [[nodiscard]] constexpr std::chrono::sys_time<duration> time_point() const noexcept {
    return std::chrono::sys_time<duration>{duration{microseconds_}};
  }

  template <std::integral Rep, class Period>
  constexpr timestamp& operator+=(std::chrono::duration<Rep, Period> change) {
    microseconds_ = detail::add_microseconds(microseconds_, detail::to_microseconds(change));
    return *this;
  }

  template <std::integral Rep, class Period>
  constexpr timestamp& operator-=(std::chrono::duration<Rep, Period> change) {
    microseconds_ = detail::subtract_microseconds(microseconds_, detail::to_microseconds(change));
    return *this;
  }

  template <std::integral Rep, class Period>
  [[nodiscard]] friend constexpr timestamp operator+(timestamp value, std::chrono::duration<Rep, Period> change) {
    return value += change;
  }

  template <std::integral Rep, class Period>
  [[nodiscard]] friend constexpr timestamp operator+(std::chrono::duration<Rep, Period> change, timestamp value) {
    return value += change;
  }

  template <std::integral Rep, class Period>
  [[nodiscard]] friend constexpr timestamp operator-(timestamp value, std::chrono::duration<Rep, Period> change) {
    return value -= change;
  }

  [[nodiscard]] friend constexpr duration operator-(timestamp left, timestamp right) {
    return duration{detail::subtract_microseconds(left.microseconds_, right.microseconds_)};
  }

  friend constexpr auto operator<=>(timestamp const&, timestamp const&) noexcept = default;

 private:
  std::int64_t microseconds_ = 0;
};

// The canonical form, `YYYY-MM-DD HH:MM:SS.ffffff`, sorts as text as the moments do, and equal moments have equal text.
// It is the only one written to a database. Other programs wrote others, which the lenient reader takes.

/// Reads the canonical form, years 0001 to 9999, and nothing else.
[[nodiscard]] constexpr std::optional<timestamp> parse_timestamp(std::string_view text) noexcept;

/// Reads what other programs write:
///   `YYYY-MM-DD`, a space or `T`, `HH:MM:SS`, optionally `.` and 1 to 9 digits (beyond 6 they are cut off),
///   optionally `Z` or an offset `+HH`, `-HH`, `+HH:MM`, `-HH:MM`, of at most 23:59; without one the time is UTC.
/// A leap second (`:60`), `24:00:00`, and a moment that lies outside the years 0001 to 9999 in UTC are not read.
[[nodiscard]] constexpr std::optional<timestamp> parse_timestamp_lenient(std::string_view text) noexcept;

/// Writes the 26 characters of the canonical form, and no zero after them.
/// Throws invalid_value, having written nothing, outside timestamp::min() to timestamp::max().
constexpr void write_canonical(timestamp value, char* out26);

/// The canonical form. Throws like write_canonical().
[[nodiscard]] inline std::string timestamp_text(timestamp value) {
  std::string text(26, ' ');
  write_canonical(value, text.data());
  return text;
}

/// `YYYY-MM-DDTHH:MM:SS.ffffffZ`, for JSON and other programs. Throws like write_canonical().
[[nodiscard]] inline std::string timestamp_iso(timestamp value) {
  std::string text(27, 'Z');
  write_canonical(value, text.data());
  text[10] = 'T';
  return text;
}

constexpr std::optional<timestamp> parse_timestamp_lenient(std::string_view text) noexcept {
  auto const microseconds = detail::read_moment(text);
  if (!microseconds) return std::nullopt;
  auto const value = timestamp::from_unix_us(*microseconds);
  if (value < timestamp::min() || value > timestamp::max()) return std::nullopt;  // the offset led out of them
  return value;
}

constexpr std::optional<timestamp> parse_timestamp(std::string_view text) noexcept {
  return detail::has_canonical_marks(text) ? parse_timestamp_lenient(text) : std::nullopt;
}

constexpr void write_canonical(timestamp value, char* out26) {
  if (value < timestamp::min() || value > timestamp::max()) {
    throw invalid_value(
        "forge_db: write_canonical() requires a year from 0001 to 9999; check the value before writing it");
  }
  detail::write_moment(value.unix_us(), out26);
}

}  // namespace forge_db

template <>
struct std::hash<forge_db::timestamp> {
  [[nodiscard]] std::size_t operator()(forge_db::timestamp value) const noexcept {
    return std::hash<std::int64_t>{}(value.unix_us());
  }
};
