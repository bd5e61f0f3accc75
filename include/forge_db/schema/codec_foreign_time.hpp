// SPDX-License-Identifier: MIT
#pragma once

// Time stamps and dates as other programs store them. What is finer than a form can hold is cut off (towards the past)
// when it is written, also when it is compared with.

#include <forge_db/core/date.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/schema/codec_time.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace forge_db {

namespace detail {

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) noexcept {
  return value / by - (value % by < 0 ? 1 : 0);
}

/// Integers that count units of so many microseconds since 1970.
template <std::int64_t Unit>
struct counted_time {
  template <class Row>
  static void read(Row& row, int column, timestamp& out) {
    require_kind(row, column, value_kind::integer, "a time stamp as an integer");
    std::int64_t microseconds = 0;
    if (__builtin_mul_overflow(row.int64(column), Unit, &microseconds)) {
      refuse_content(column, "a time stamp within 292000 years of 1970");
    }
    out = timestamp::from_unix_us(microseconds);
  }
  template <class Sink>
  static void write(Sink& sink, int index, timestamp value) {
    sink.int64(index, floor_divide(value.unix_us(), Unit));
  }
};

/// A real number as a time stamp: `scaled` microseconds, counted in steps of `step` of them.
inline timestamp timestamp_of(int column, double scaled, std::int64_t step) {
  if (!(std::fabs(scaled) < 9.2e18)) refuse_content(column, "a time stamp within 292000 years of 1970");
  return timestamp::from_unix_us(std::llround(scaled / static_cast<double>(step)) * step);
}

template <class Row>
double read_number(Row& row, int column) {
  value_kind const kind = row.kind(column);
  if (kind != value_kind::real && kind != value_kind::integer) refuse_kind(column, kind, "a time stamp as a number");
  return row.float64(column);
}

/// Text of the canonical form, changed by Form.
template <class Form>
struct texted_time {
  template <class Row>
  static void read(Row& row, int column, timestamp& out) {
    codec<timestamp, storage::timestamp_text>::read(row, column, out);
  }
  template <class Sink>
  static void write(Sink& sink, int index, timestamp value) {
    auto const out = sink.scratch(27);
    write_canonical(value, out.data());
    sink.text(index, {out.data(), Form::shape(out.data())});
  }
};

struct whole_seconds {
  static std::size_t shape(char*) noexcept { return 19; }
};
struct iso_form {
  static std::size_t shape(char* text) noexcept {
    text[10] = 'T';
    text[26] = 'Z';
    return 27;
  }
};

}  // namespace detail

template <>
struct codec<timestamp, storage::timestamp_s> : detail::counted_time<1'000'000> {};
template <>
struct codec<timestamp, storage::timestamp_ms> : detail::counted_time<1'000> {};
template <>
struct codec<timestamp, storage::timestamp_text_s> : detail::texted_time<detail::whole_seconds> {};
template <>
struct codec<timestamp, storage::timestamp_iso> : detail::texted_time<detail::iso_form> {};

/// Exact to the microsecond for centuries around 1970.
template <>
struct codec<timestamp, storage::timestamp_real> {
  template <class Row>
  static void read(Row& row, int column, timestamp& out) {
    out = detail::timestamp_of(column, detail::read_number(row, column) * 1e6, 1);
  }
  template <class Sink>
  static void write(Sink& sink, int index, timestamp value) {
    sink.float64(index, static_cast<double>(value.unix_us()) / 1e6);
  }
};

/// A double holds a Julian day of our time to 40 microseconds: milliseconds are what is read and written.
template <>
struct codec<timestamp, storage::timestamp_julian> {
  template <class Row>
  static void read(Row& row, int column, timestamp& out) {
    out = detail::timestamp_of(column, (detail::read_number(row, column) - 2'440'587.5) * 86'400e6, 1'000);
  }
  template <class Sink>
  static void write(Sink& sink, int index, timestamp value) {
    std::int64_t const milliseconds = detail::floor_divide(value.unix_us(), 1'000);
    sink.float64(index, static_cast<double>(milliseconds) / 86'400e3 + 2'440'587.5);
  }
};

template <>
struct codec<date, storage::date_number> {
  template <class Row>
  static void read(Row& row, int column, date& out) {
    detail::require_kind(row, column, value_kind::integer, "a date (YYYYMMDD)");
    std::int64_t const value = row.int64(column);
    std::chrono::year_month_day const day{std::chrono::year(static_cast<int>(value / 10'000)),
                                          std::chrono::month(static_cast<unsigned>(value / 100 % 100)),
                                          std::chrono::day(static_cast<unsigned>(value % 100))};
    if (value < 1'01'01 || value > 9999'12'31 || !day.ok()) detail::refuse_content(column, "a date (YYYYMMDD)");
    out = day;
  }
  template <class Sink>
  static void write(Sink& sink, int index, date value) {
    auto const day = value.year_month_day();
    int const year = static_cast<int>(day.year());
    if (year < 1 || year > 9999) {
      throw invalid_value("forge_db: a date that is stored as YYYYMMDD requires a year from 0001 to 9999");
    }
    sink.int64(index, year * 10'000 + static_cast<int>(static_cast<unsigned>(day.month())) * 100 +
                          static_cast<int>(static_cast<unsigned>(day.day())));
  }
};

template <>
struct codec<date, storage::date_s> {
  template <class Row>
  static void read(Row& row, int column, date& out) {
    detail::require_kind(row, column, value_kind::integer, "a date in seconds since 1970");
    std::int64_t const days = detail::floor_divide(row.int64(column), 86'400);
    if (days < detail::first_written_day || days > detail::last_written_day) {
      detail::refuse_content(column, "a date of the years 0001 to 9999");
    }
    out = date::from_unix_days(static_cast<std::int32_t>(days));
  }
  template <class Sink>
  static void write(Sink& sink, int index, date value) {
    sink.int64(index, std::int64_t{value.unix_days()} * 86'400);
  }
};

}  // namespace forge_db
