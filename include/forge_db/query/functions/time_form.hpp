// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/functions/pattern.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/storage.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// How the storages of time look to SQL. On PostgreSQL all time stamps are timestamptz and all dates are date.
namespace forge_db::detail {

enum class time_form : std::uint8_t {
  text,
  text_s,
  iso,
  s,
  ms,
  us,
  real,
  julian,
  date_text,
  date_number,
  date_s,
  none
};

constexpr bool is_date_form(time_form form) {
  return form == time_form::date_text || form == time_form::date_number || form == time_form::date_s;
}

template <class Storage>
consteval time_form plain_time_form() {
  if (std::same_as<Storage, storage::timestamp_text>) return time_form::text;
  if (std::same_as<Storage, storage::timestamp_text_s>) return time_form::text_s;
  if (std::same_as<Storage, storage::timestamp_iso>) return time_form::iso;
  if (std::same_as<Storage, storage::timestamp_s>) return time_form::s;
  if (std::same_as<Storage, storage::timestamp_ms>) return time_form::ms;
  if (std::same_as<Storage, storage::timestamp_us>) return time_form::us;
  if (std::same_as<Storage, storage::timestamp_real>) return time_form::real;
  if (std::same_as<Storage, storage::timestamp_julian>) return time_form::julian;
  if (std::same_as<Storage, storage::date_text>) return time_form::date_text;
  if (std::same_as<Storage, storage::date_number>) return time_form::date_number;
  if (std::same_as<Storage, storage::date_s>) return time_form::date_s;
  return time_form::none;
}

template <class Storage>
inline constexpr time_form time_form_of = plain_time_form<Storage>();
template <class Storage>
inline constexpr time_form time_form_of<storage::lenient<Storage>> = plain_time_form<Storage>();

/// Units of a counted form in a second; 0 for text and YYYYMMDD. Real numbers are counted in what they are exact to.
constexpr std::int64_t units_a_second(time_form form) {
  switch (form) {
    case time_form::s:
    case time_form::date_s:
      return 1;
    case time_form::ms:
    case time_form::julian:
      return 1'000;
    case time_form::us:
    case time_form::real:
      return 1'000'000;
    default:
      return 0;
  }
}

/// SQLite: the units of a counted form as an integer, as the codec reads them.
constexpr void write_units(sql_writer& out, time_form form, text_operand& operand) {
  std::span<text_operand> const one(&operand, 1);
  if (form == time_form::real) {
    render_pattern(out, "cast(round(~1 * 1000000.0) as integer)", one);
  } else if (form == time_form::julian) {
    render_pattern(out, "cast(round((~1 - 2440587.5) * 86400000.0) as integer)", one);
  } else {
    operand.write_enclosed(out);
  }
}

/// SQLite: units cut off, towards the past, to a multiple of `size`, counted from `origin` on.
constexpr void write_floor(sql_writer& out, time_form form, text_operand& operand, std::int64_t size,
                           std::int64_t origin) {
  auto const number = [&out](std::int64_t value) { out.number(static_cast<std::size_t>(value)); };
  write_units(out, form, operand);
  out.text(" - (");
  if (origin != 0) out.text("(");
  write_units(out, form, operand);
  if (origin != 0) {
    out.text(" - ");
    number(origin);
    out.text(")");
  }
  out.text(" % ");
  number(size);
  out.text(" + ");
  number(size);
  out.text(") % ");
  number(size);
}

/// SQLite: what its date functions take for a value, the first of their modifiers included. They know milliseconds at
/// most, and round: so fractions of a second are cut off here. Of text that other programs wrote, an offset is kept,
/// with the minutes that they ask for.
constexpr void write_moment(sql_writer& out, time_form form, text_operand& operand) {
  std::span<text_operand> const one(&operand, 1);
  std::int64_t const units = units_a_second(form);
  if (units == 1) {
    render_pattern(out, "@1, 'unixepoch'", one);
  } else if (units > 1) {
    out.text("(");
    write_floor(out, form, operand, units, 0);
    out.text(") / ");
    out.number(static_cast<std::size_t>(units));
    out.text(", 'unixepoch'");
  } else if (form == time_form::date_text) {
    operand.write(out);
  } else if (form == time_form::date_number) {
    render_pattern(out, "printf('%04d-%02d-%02d', ~1 / 10000, ~1 / 100 % 100, ~1 % 100)", one);
  } else {
    render_pattern(out,
                   "substr(@1, 1, 19) || case when substr(@1, 20) not glob '*[+-]*' then '' "
                   "when substr(@1, -3) glob '[+-]*' then substr(@1, -3) || ':00' else substr(@1, -6) end",
                   one);
  }
}

/// SQLite: begins a value of the form that is made by strftime(), with `format` where it is text. Arguments follow.
constexpr void begin_strftime(sql_writer& out, time_form form, std::string_view format) {
  bool const counted = units_a_second(form) > 0;
  bool const number = form == time_form::date_number;
  if (units_a_second(form) > 1) out.text("(");
  out.text(counted || number ? "cast(strftime('" : "strftime('");
  out.text(counted ? "%s" : number ? "%Y%m%d" : format);
  out.text("', ");
}
/// Ends it: whole seconds become units of the form.
constexpr void end_strftime(sql_writer& out, time_form form) {
  switch (form) {
    case time_form::s:
    case time_form::date_s:
    case time_form::date_number:
      return out.text(") as integer)");
    case time_form::ms:
      return out.text(") as integer) * 1000)");
    case time_form::us:
      return out.text(") as integer) * 1000000)");
    case time_form::real:
      return out.text(") as integer) * 1.0)");
    case time_form::julian:
      return out.text(") as integer) / 86400.0 + 2440587.5)");
    default:
      return out.text(")");
  }
}

}  // namespace forge_db::detail
