// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace forge_db {

/// How long a quota counts before it begins at 0 again. Periods are those of UTC.
enum class quota_period : std::uint8_t { hour, day, month, year };

namespace detail {

/// The period of a moment, as text: `2026-02-20T14`, `2026-02-20`, `2026-02`, `2026`. Later periods sort behind earlier
/// ones. Throws invalid_value beyond the years 0001 to 9999.
inline std::string period_text(quota_period period, timestamp moment) {
  if (moment < timestamp::min() || moment > timestamp::max()) {
    throw invalid_value("forge_db: a quota requires its moment to be in the years 0001 to 9999");
  }
  auto const day = std::chrono::floor<std::chrono::days>(moment.time_point());
  std::chrono::year_month_day const date{day};
  auto const hours = std::chrono::floor<std::chrono::hours>(moment.time_point() - day).count();
  std::string text;
  auto const append = [&text](char const* before, std::int64_t number, std::size_t width) {
    std::string const digits = std::to_string(number);
    text += before;
    text.append(width - digits.size(), '0');
    text += digits;
  };
  append("", static_cast<int>(date.year()), 4);
  if (period == quota_period::year) return text;
  append("-", static_cast<unsigned>(date.month()), 2);
  if (period == quota_period::month) return text;
  append("-", static_cast<unsigned>(date.day()), 2);
  if (period == quota_period::hour) append("T", hours, 2);
  return text;
}

}  // namespace detail
}  // namespace forge_db
