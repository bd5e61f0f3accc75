// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/uuid.hpp>
#include <forge_db/schema/codec.hpp>

#include <algorithm>
#include <cstddef>
#include <span>

namespace forge_db {

namespace detail {

/// Both text forms are read whichever is written; comparisons in SQL need the column to keep to one.
template <class Row>
void read_uuid_text(Row& row, int column, uuid& out) {
  require_kind(row, column, value_kind::text, "a UUID as text");
  auto const value = parse_uuid(row.text(column));
  if (!value) refuse_content(column, "a UUID as text");
  out = *value;
}

}  // namespace detail

template <>
struct codec<uuid, storage::uuid_text36> {
  template <class Row>
  static void read(Row& row, int column, uuid& out) {
    detail::read_uuid_text(row, column, out);
  }
  template <class Sink>
  static void write(Sink& sink, int index, uuid const& value) {
    auto const out = sink.scratch(36);
    write_text36(value, out.data());
    sink.text(index, {out.data(), 36});
  }
};

template <>
struct codec<uuid, storage::uuid_hex32> {
  template <class Row>
  static void read(Row& row, int column, uuid& out) {
    detail::read_uuid_text(row, column, out);
  }
  template <class Sink>
  static void write(Sink& sink, int index, uuid const& value) {
    auto const out = sink.scratch(32);
    write_hex32(value, out.data());
    sink.text(index, {out.data(), 32});
  }
};

template <>
struct codec<uuid, storage::uuid_blob> {
  template <class Row>
  static void read(Row& row, int column, uuid& out) {
    detail::require_kind(row, column, value_kind::blob, "a UUID as 16 bytes");
    std::span<std::byte const> const data = row.blob(column);
    if (data.size() != 16) detail::refuse_content(column, "a UUID as 16 bytes");
    std::transform(data.begin(), data.end(), out.begin(),
                   [](std::byte b) { return std::to_integer<unsigned char>(b); });
  }
  template <class Sink>
  static void write(Sink& sink, int index, uuid const& value) {
    auto const out = sink.scratch(16);
    std::copy(value.begin(), value.end(), out.begin());
    sink.blob(index, std::as_bytes(out));
  }
};

}  // namespace forge_db
