// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/insert_source.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/scoped_insert.hpp>
#include <forge_db/repository/standing.hpp>

#include <string>

namespace forge_db::detail {

/// Inserts a new row and gives it back: insert(new_row).returning(), as find_statement.hpp says.
template <class Row>
struct insert_row_statement : whole_row_result<Row> {
  using new_type = typename table<Row>::new_type;
  using columns = written_columns<Row>;

  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = insert_is_dynamic<new_type>;

  new_type const& row;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    render_new_row<new_type>(out, mask);
    out.text(" returning ");
    out.text(table<Row>::select_list);
  }
  [[nodiscard]] shape_mask mask() const { return insert_mask(row, columns{}); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&insert_row_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_columns(sink, 1, row, columns{});
    if constexpr (has_scope<Row>) bind_tenant<Row>(sink, row, conditions);
  }
};

}  // namespace forge_db::detail
