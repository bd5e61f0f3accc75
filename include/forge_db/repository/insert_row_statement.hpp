// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>
#include <forge_db/query/insert_source.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>

#include <string>

namespace forge_db::detail {

/// Inserts a new row and gives it back: insert(new_row).returning(), as find_statement.hpp says.
template <class Row>
class insert_row_statement {
  using new_type = typename table<Row>::new_type;
  using columns = typename table<Row>::columns;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = insert_is_dynamic<new_type>;
  using row_type = Row;

  explicit insert_row_statement(new_type const& row) noexcept : row_(row) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    render_new_row<new_type>(out, mask, columns{});
    out.text(" returning ");
    out.text(table<Row>::select_list);
  }
  [[nodiscard]] shape_mask mask() const { return insert_mask(row_, columns{}); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&insert_row_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_columns(sink, 1, row_, columns{});
  }
  template <class Reader>
  static void decode(Reader& reader, Row& row) {
    decode_row<Row>(reader, row);
  }

 private:
  new_type const& row_;
};

}  // namespace forge_db::detail
