// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/functions/pattern.hpp>
#include <forge_db/query/functions/time_form.hpp>
#include <forge_db/query/sql_writer.hpp>

#include <cstdint>
#include <string_view>

namespace forge_db {

/// The stretch of time, in UTC, that a moment is counted to. Weeks are those of ISO 8601: they begin on Monday.
enum class bucket : std::uint8_t { hour, day, week, month, quarter, year };

namespace detail {

/// SQLite: what strftime() writes for the beginning of a bucket.
constexpr std::string_view bucket_format(time_form form, bucket size) {
  bool const hour = size == bucket::hour;
  if (form == time_form::date_text) return "%Y-%m-%d";
  if (form == time_form::text_s) return hour ? "%Y-%m-%d %H:00:00" : "%Y-%m-%d 00:00:00";
  if (form == time_form::iso) return hour ? "%Y-%m-%dT%H:00:00.000000Z" : "%Y-%m-%dT00:00:00.000000Z";
  return hour ? "%Y-%m-%d %H:00:00.000000" : "%Y-%m-%d 00:00:00.000000";
}

/// SQLite: hours, days and weeks of what is counted need no calendar.
constexpr void write_counted_bucket(sql_writer& out, time_form form, bucket size, text_operand& operand) {
  std::int64_t const second = units_a_second(form);
  std::int64_t const length = size == bucket::hour ? 3'600 : size == bucket::day ? 86'400 : 604'800;
  constexpr std::int64_t first_monday = 345'600;  // 1970-01-05
  out.text("(");
  if (form == time_form::real || form == time_form::julian) out.text("(");
  write_floor(out, form, operand, length * second, size == bucket::week ? first_monday * second : 0);
  if (form == time_form::real) out.text(") / 1000000.0");
  if (form == time_form::julian) out.text(") / 86400000.0 + 2440587.5");
  out.text(")");
}

/// Writes the beginning of the bucket that a time of `form` is in, as a time of the same form. On SQLite a moment
/// outside the years 0000 to 9999 can be NULL. A date has no hours: do not ask.
constexpr void render_time_bucket(sql_writer& out, time_form form, bucket size, text_operand operand) {
  constexpr std::string_view names[] = {"hour", "day", "week", "month", "quarter", "year"};
  if (out.is_postgres()) {
    out.text("date_trunc('");
    out.text(names[static_cast<int>(size)]);
    out.text("', ");
    if (is_date_form(form)) {
      operand.write_enclosed(out);
      return out.text("::timestamp)::date");  // a date alone would be midnight of the session's time zone
    }
    operand.write(out);
    return out.text(", 'UTC')");
  }
  if (units_a_second(form) > 0 && size <= bucket::week) return write_counted_bucket(out, form, size, operand);
  begin_strftime(out, form, bucket_format(form, size));
  write_moment(out, form, operand);
  if (size == bucket::week) out.text(", 'weekday 0', '-6 days'");
  if (size == bucket::month || size == bucket::quarter) out.text(", 'start of month'");
  if (size == bucket::year) out.text(", 'start of year'");
  if (size == bucket::quarter) {
    out.text(", '-' || ((strftime('%m', ");
    write_moment(out, form, operand);
    out.text(") + 2) % 3) || ' months'");
  }
  end_strftime(out, form);
}

}  // namespace detail
}  // namespace forge_db
