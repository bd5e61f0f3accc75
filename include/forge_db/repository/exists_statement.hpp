// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/key.hpp>

#include <cstdint>

namespace forge_db::detail {

/// One row if the key is there, else none.
template <class Row>
class exists_statement {
 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = std::int64_t;

  explicit exists_statement(key_of<Row> const& key) noexcept : key_(key) {}

  static constexpr void render(sql_writer& out) {
    out.text("select 1 from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    key_equals<Row>::render(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    key_.bind(sink, index);
  }
  template <class Reader>
  static void decode(Reader& reader, std::int64_t& one) {
    one = reader.int64(0);
  }

 private:
  key_equals<Row> key_;
};

}  // namespace forge_db::detail
