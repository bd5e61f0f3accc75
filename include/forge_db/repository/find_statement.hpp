// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/key.hpp>

#include <cstdint>

namespace forge_db::detail {

/// The row with a key. It says the same as select<Row>().where(...); repositories have statement types of their own,
/// each a single class, because every file that uses one pays for it, for every table.
template <class Row>
class find_statement {
 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = Row;

  explicit find_statement(key_of<Row> const& key) noexcept : key_(key) {}

  static constexpr void render(sql_writer& out) {
    out.text("select ");
    out.text(table<Row>::select_list);
    out.text(" from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    render_key(out, typename table<Row>::key{});
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_key(sink, 1, key_, typename table<Row>::key{});
  }
  template <class Reader>
  static void decode(Reader& reader, Row& row) {
    decode_row<Row>(reader, row);
  }

 private:
  key_of<Row> const& key_;
};

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
    render_key(out, typename table<Row>::key{});
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_key(sink, 1, key_, typename table<Row>::key{});
  }
  template <class Reader>
  static void decode(Reader& reader, std::int64_t& one) {
    one = reader.int64(0);
  }

 private:
  key_of<Row> const& key_;
};

}  // namespace forge_db::detail
