// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/date.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/query/functions/time_bucket_text.hpp>

#include <chrono>
#include <cstdint>

namespace forge_db {

namespace detail {

inline constexpr std::int64_t hour_us = 3'600'000'000;

/// The first day of the unit that `day` is in; of hours, the day itself.
constexpr date first_day(date day, bucket unit) {
  using namespace std::chrono;
  year_month_day const parts = day.year_month_day();
  switch (unit) {
    case bucket::hour:
    case bucket::day:
      return day;
    case bucket::week:
      // Day 0, 1970-01-01, was a Thursday.
      return date::from_unix_days(day.unix_days() - ((day.unix_days() + 3) % 7 + 7) % 7);
    case bucket::month:
      return date(parts.year() / parts.month() / 1);
    case bucket::quarter:
      return date(parts.year() / month((static_cast<unsigned>(parts.month()) - 1) / 3 * 3 + 1) / 1);
    case bucket::year:
      break;
  }
  return date(parts.year() / 1 / 1);
}

/// The first day of the unit that begins so many units after the one that begins on `first`; not of hours.
constexpr date add_units(date first, bucket unit, int count) {
  using namespace std::chrono;
  if (unit == bucket::day || unit == bucket::hour) return date::from_unix_days(first.unix_days() + count);
  if (unit == bucket::week) return date::from_unix_days(first.unix_days() + 7 * count);
  int const length = unit == bucket::month ? 1 : unit == bucket::quarter ? 3 : 12;
  year_month_day const parts = first.year_month_day();
  return date(year_month_day(parts + months(length * count)));
}

constexpr date day_of(timestamp moment) {
  constexpr std::int64_t day_us = 24 * hour_us;
  std::int64_t const value = moment.unix_us();
  return date::from_unix_days(static_cast<std::int32_t>(value / day_us - (value % day_us < 0 ? 1 : 0)));
}
constexpr timestamp midnight(date day) { return timestamp::from_unix_us(std::int64_t{day.unix_days()} * 24 * hour_us); }

/// Consecutive buckets, the last of which is the one that `now` is in.
class bucket_row {
 public:
  constexpr bucket_row(timestamp now, bucket unit, int count)
      : unit_(unit),
        hour_(timestamp::from_unix_us(now.unix_us() - (now.unix_us() % hour_us + hour_us) % hour_us)),
        day_(first_day(day_of(now), unit)),
        count_(count) {}

  [[nodiscard]] constexpr int size() const noexcept { return count_; }

  /// The first moment of bucket `at`; of bucket size(), where the row ends.
  [[nodiscard]] constexpr timestamp moment(int at) const {
    int const offset = at - (count_ - 1);
    return unit_ == bucket::hour ? timestamp::from_unix_us(hour_.unix_us() + offset * hour_us) : midnight(day(at));
  }
  /// The first day, where the unit is no hour.
  [[nodiscard]] constexpr date day(int at) const { return add_units(day_, unit_, at - (count_ - 1)); }

 private:
  bucket unit_;
  timestamp hour_;
  date day_;
  int count_;
};

}  // namespace detail
}  // namespace forge_db
