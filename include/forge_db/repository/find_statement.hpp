// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/standing.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace forge_db::detail {

/// What get() throws where find() finds nothing.
[[noreturn]] inline void refuse_missing_row(std::string_view table) {
  error_context context;
  context.table = table;
  throw not_found("forge_db: get() requires a row with the key; use find() where it may be missing",
                  std::move(context));
}

/// ` where` the key and the table's standing conditions.
template <class Row>
constexpr void render_where_key(sql_writer& out, shape_mask const& mask) {
  out.text(" where ");
  render_key(out, typename table<Row>::key{});
  sql_separator separate(" and ", " and ");
  render_standing<Row>(out, separate, mask);
}
template <class Row, class Sink>
void bind_where_key(Sink& sink, key_of<Row> const& key, standing<Row> const& conditions) {
  bind_key(sink, 1, key, typename table<Row>::key{});
  int index = 1 + static_cast<int>(table<Row>::key::size);
  bind_standing(sink, index, conditions);
}

/// The row with a key. It says the same as select<Row>().where(...); repositories have statement types of their own,
/// each a single aggregate that borrows its values, because every file that uses one pays for it, for every table.
template <class Row>
struct find_statement : whole_row_result<Row> {
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = has_soft_delete<Row>;  // its text depends on which rows are seen

  key_of<Row> const& key;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("select ");
    out.text(table<Row>::select_list);
    out.text(" from ");
    out.text(table<Row>::quoted);
    render_where_key<Row>(out, mask);
  }
  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    mark_standing(mask, conditions);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&find_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_where_key<Row>(sink, key, conditions);
  }
};

/// One row if the key is there, else none.
template <class Row>
struct exists_statement : number_result {
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = has_soft_delete<Row>;  // its text depends on which rows are seen

  key_of<Row> const& key;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("select 1 from ");
    out.text(table<Row>::quoted);
    render_where_key<Row>(out, mask);
  }
  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    mark_standing(mask, conditions);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&exists_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_where_key<Row>(sink, key, conditions);
  }
};

}  // namespace forge_db::detail
