// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/core/vector.hpp>
#include <forge_db/schema/codec.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace forge_db {

namespace storage {

/// A vector as float32 numbers in little-endian order, 4 bytes each; pgvector's type on PostgreSQL.
struct vector_blob {
  static constexpr std::string_view postgres_array = "::vector[]";
};

}  // namespace storage

/// Another number of dimensions than N is a decode_error; NaN and infinities, which pgvector does not keep, are refused
/// by invalid_value.
template <std::size_t N>
struct codec<vector<N>, storage::vector_blob> {
  static_assert(std::endian::native == std::endian::little,
                "forge_db: vectors require a little-endian machine; there is no other representation yet");

  template <class Row>
  static void read(Row& row, int column, vector<N>& out) {
    detail::require_kind(row, column, value_kind::blob, "a vector");
    auto const data = row.blob(column);
    if (data.size() != sizeof out.values) detail::refuse_content(column, "a vector of the column's dimensions");
    std::memcpy(out.values.data(), data.data(), sizeof out.values);
  }
  template <class Sink>
  static void write(Sink& sink, int index, vector<N> const& value) {
    for (float const number : value.values) {
      if (!std::isfinite(number)) throw invalid_value("forge_db: a vector requires finite numbers; leave it unset");
    }
    sink.blob(index, std::as_bytes(std::span(value.values)));
  }
};

}  // namespace forge_db
