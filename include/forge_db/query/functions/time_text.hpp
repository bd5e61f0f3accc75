// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/functions/pattern.hpp>
#include <forge_db/query/functions/time_form.hpp>
#include <forge_db/query/sql_writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db {

/// A part of a moment in UTC. Weeks are those of ISO 8601, its weekdays count from Monday, 1, to Sunday, 7.
enum class time_part : std::uint8_t {
  year,
  quarter,
  month,
  day,
  hour,
  minute,
  second,
  iso_year,
  iso_week,
  iso_weekday,
  day_of_year
};

namespace detail {

// The texts of functions of time. Operands are written for the first time in the order in which they are bound.

constexpr void render_time_part(sql_writer& out, time_form form, time_part part, text_operand operand) {
  auto const index = static_cast<std::size_t>(part);
  if (out.is_postgres()) {
    constexpr std::string_view names[] = {"year",   "quarter", "month", "day",    "hour", "minute",
                                          "second", "isoyear", "week",  "isodow", "doy"};
    out.text("floor(extract(");
    out.text(names[index]);
    out.text(" from ");
    operand.write_enclosed(out);
    if (!is_date_form(form)) out.text(" at time zone 'UTC'");
    return out.text("))::bigint");
  }
  constexpr std::string_view formats[] = {"%Y", "%m", "%m", "%d", "%H", "%M", "%S", "%Y", "%j", "%w", "%j"};
  constexpr std::string_view before[] = {"cast(", "((",    "cast(", "cast(", "cast(", "cast(",
                                         "cast(", "cast(", "((",    "((",    "cast("};
  bool const of_week = part == time_part::iso_year || part == time_part::iso_week;
  out.text(before[index]);
  out.text("strftime('");
  out.text(formats[index]);
  out.text("', ");
  write_moment(out, form, operand);
  if (of_week) out.text(", '-3 days', 'weekday 4'");  // the Thursday of its week
  out.text(")");
  if (part == time_part::quarter) return out.text(" + 2) / 3)");
  if (part == time_part::iso_week) return out.text(" - 1) / 7 + 1)");
  if (part == time_part::iso_weekday) return out.text(" + 6) % 7 + 1)");
  out.text(" as integer)");
}

/// Whole seconds since 1970, or with `days` whole days, towards the past.
constexpr void render_unix_time(sql_writer& out, time_form form, bool days, text_operand operand) {
  std::span<text_operand> const one(&operand, 1);
  if (out.is_postgres()) {
    if (!days) return render_pattern(out, "floor(extract(epoch from @1))::bigint", one);
    return render_pattern(out,
                          is_date_form(form) ? "(~1 - date '1970-01-01')::bigint"
                                             : "((~1 at time zone 'UTC')::date - date '1970-01-01')::bigint",
                          one);
  }
  std::int64_t const units = units_a_second(form) * (days ? 86'400 : 1);
  if (units == 1) return operand.write_enclosed(out);
  if (units > 1) {
    out.text("((");
    write_floor(out, form, operand, units, 0);
    out.text(") / ");
    out.number(static_cast<std::size_t>(units));
    return out.text(")");
  }
  out.text(days ? "(strftime('%s', " : "cast(strftime('%s', ");
  write_moment(out, form, operand);
  out.text(days ? ", 'start of day') / 86400)" : ") as integer)");
}

enum class time_unit : std::uint8_t { second, day, month };

/// SQLite: the day so many months later, as arguments of a date function that begin with its moment: the same day of
/// the month, or its last one.
constexpr void write_months_later(sql_writer& out, time_form form, text_operand& time, text_operand& count) {
  write_moment(out, form, time);
  out.text(", 'start of month', ");
  count.write_enclosed(out);
  out.text(" || ' months', (min(strftime('%d', ");
  write_moment(out, form, time);
  out.text("), strftime('%d', ");
  write_moment(out, form, time);
  out.text(", 'start of month', (");
  count.write_enclosed(out);
  out.text(" + 1) || ' months', '-1 day')) - 1) || ' days'");
}

/// SQLite: what follows the second in text of the form.
constexpr void write_fraction(sql_writer& out, time_form form, text_operand& time) {
  if (form == time_form::text_s) return;
  render_pattern(out,
                 " || case when substr(@1, 20, 1) = '.' then '.' || substr(substr(cast('1' || substr(@1, 21, 6) as "
                 "integer), 2) || '000000', 1, 6) else '.000000' end",
                 {&time, 1});
  if (form == time_form::iso) out.text(" || 'Z'");
}

constexpr void render_time_shift_postgres(sql_writer& out, time_form form, time_unit unit,
                                          std::span<text_operand> both) {
  if (is_date_form(form)) {
    return render_pattern(
        out, unit == time_unit::day ? "(~1 + ~2::integer)" : "(~1 + make_interval(months => ~2::integer))::date", both);
  }
  constexpr std::string_view patterns[] = {
      "(~1 + make_interval(secs => ~2::double precision))",
      "((~1 at time zone 'UTC' + make_interval(days => ~2::integer)) at time zone 'UTC')",
      "((~1 at time zone 'UTC' + make_interval(months => ~2::integer)) at time zone 'UTC')"};
  render_pattern(out, patterns[static_cast<std::size_t>(unit)], both);
}

/// A time of `form`, so many units later. A date is not shifted by seconds.
constexpr void render_time_shift(sql_writer& out, time_form form, time_unit unit, std::array<text_operand, 2> both) {
  auto& [time, count] = both;
  if (out.is_postgres()) return render_time_shift_postgres(out, form, unit, both);
  std::int64_t const units = units_a_second(form);
  if (units > 0) {
    render_pattern(out, "(~1 + ", both);
    if (unit == time_unit::month) {
      out.text("(strftime('%s', ");
      write_months_later(out, form, time, count);
      out.text(") - strftime('%s', ");
      write_moment(out, form, time);
      out.text(", 'start of day'))");
    } else {
      count.write_enclosed(out);
      if (unit == time_unit::day) out.text(" * 86400");
    }
    if (form == time_form::julian) return out.text(" / 86400.0)");
    if (form == time_form::real) return out.text(" * 1.0)");
    if (units > 1) {
      out.text(" * ");
      out.number(static_cast<std::size_t>(units));
    }
    return out.text(")");
  }
  bool const is_text = !is_date_form(form);
  bool const number = form == time_form::date_number;
  std::string_view const date = number ? "%Y%m%d" : "%Y-%m-%d";
  std::string_view const clock = form == time_form::iso ? "T%H:%M:%S" : " %H:%M:%S";
  out.text(is_text ? "(" : number ? "cast(" : "");
  out.text("strftime('");
  out.text(date);
  if (is_text && unit != time_unit::month) out.text(clock);
  out.text("', ");
  if (unit == time_unit::month) {
    write_months_later(out, form, time, count);
  } else {
    write_moment(out, form, time);
    out.text(", ");
    count.write_enclosed(out);
    out.text(unit == time_unit::day ? " || ' days'" : " || ' seconds'");
  }
  out.text(")");
  if (is_text && unit == time_unit::month) {
    out.text(" || strftime('");
    out.text(clock);
    out.text("', ");
    write_moment(out, form, time);
    out.text(")");
  }
  if (is_text) write_fraction(out, form, time);
  out.text(is_text ? ")" : number ? " as integer)" : "");
}

/// The current time in a form.
constexpr void render_now(sql_writer& out, time_form form) {
  if (out.is_postgres()) return out.text(is_date_form(form) ? "(now() at time zone 'UTC')::date" : "now()");
  switch (form) {
    case time_form::text:
      return out.text("strftime('%Y-%m-%d %H:%M:%f000', 'now')");
    case time_form::text_s:
      return out.text("strftime('%Y-%m-%d %H:%M:%S', 'now')");
    case time_form::iso:
      return out.text("strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')");
    case time_form::s:
      return out.text("cast(strftime('%s', 'now') as integer)");
    case time_form::ms:
      return out.text("cast(round((julianday('now') - 2440587.5) * 86400000.0) as integer)");
    case time_form::us:
      return out.text("cast(round((julianday('now') - 2440587.5) * 86400000.0) * 1000 as integer)");
    case time_form::real:
      return out.text("(round((julianday('now') - 2440587.5) * 86400000.0) / 1000.0)");
    case time_form::julian:
      return out.text("julianday('now')");
    case time_form::date_text:
      return out.text("date('now')");
    case time_form::date_number:
      return out.text("cast(strftime('%Y%m%d', 'now') as integer)");
    case time_form::date_s:
      return out.text("cast(strftime('%s', 'now', 'start of day') as integer)");
    default:
      return;
  }
}

}  // namespace detail
}  // namespace forge_db
