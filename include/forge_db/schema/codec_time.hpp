// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/date.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/schema/codec.hpp>

#include <string_view>

namespace forge_db {

/// Writes the canonical form. Reads it, and failing that every form that parse_timestamp_lenient knows: other programs
/// write them, and a row that can be understood should be readable.
template <>
struct codec<timestamp, storage::timestamp_text> {
  template <class Row>
  static void read(Row& row, int column, timestamp& out) {
    detail::require_kind(row, column, value_kind::text, "a time stamp as text");
    std::string_view const text = row.text(column);
    auto value = parse_timestamp(text);
    if (!value) value = parse_timestamp_lenient(text);
    if (!value) detail::refuse_content(column, "a time stamp as text");
    out = *value;
  }
  template <class Sink>
  static void write(Sink& sink, int index, timestamp value) {
    auto const out = sink.scratch(26);
    write_canonical(value, out.data());
    sink.text(index, {out.data(), 26});
  }
};

template <>
struct codec<timestamp, storage::timestamp_us> {
  template <class Row>
  static void read(Row& row, int column, timestamp& out) {
    detail::require_kind(row, column, value_kind::integer, "a time stamp in microseconds");
    out = timestamp::from_unix_us(row.int64(column));
  }
  template <class Sink>
  static void write(Sink& sink, int index, timestamp value) {
    sink.int64(index, value.unix_us());
  }
};

template <>
struct codec<date, storage::date_text> {
  template <class Row>
  static void read(Row& row, int column, date& out) {
    detail::require_kind(row, column, value_kind::text, "a date (YYYY-MM-DD)");
    auto const value = parse_date(row.text(column));
    if (!value) detail::refuse_content(column, "a date (YYYY-MM-DD)");
    out = *value;
  }
  template <class Sink>
  static void write(Sink& sink, int index, date value) {
    auto const out = sink.scratch(10);
    write_date(value, out.data());
    sink.text(index, {out.data(), 10});
  }
};

}  // namespace forge_db
