// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>

#include <cstdint>

// What the statements of repositories answer, as the statement concept asks for it. They share these, so that a file
// compiles one decoder a table and not one a statement.
namespace forge_db::detail {

/// Whole rows of a table.
template <class Row>
struct whole_row_result {
  static constexpr bool returns_rows = true;
  using row_type = Row;

  template <class Reader>
  static void decode(Reader& reader, Row& row) {
    read_fields(reader, row, typename table<Row>::columns{});
  }
};

/// One number.
struct number_result {
  static constexpr bool returns_rows = true;
  using row_type = std::int64_t;

  template <class Reader>
  static void decode(Reader& reader, std::int64_t& number) {
    number = reader.int64(0);
  }
};

}  // namespace forge_db::detail
