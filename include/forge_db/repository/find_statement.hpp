// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/key.hpp>

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

/// The row with a key. It says the same as select<Row>().where(...); repositories have statement types of their own,
/// each a single aggregate that borrows its values, because every file that uses one pays for it, for every table.
template <class Row>
struct find_statement : whole_row_result<Row> {
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  key_of<Row> const& key;

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
    bind_key(sink, 1, key, typename table<Row>::key{});
  }
};

/// One row if the key is there, else none.
template <class Row>
struct exists_statement : number_result {
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  key_of<Row> const& key;

  static constexpr void render(sql_writer& out) {
    out.text("select 1 from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    render_key(out, typename table<Row>::key{});
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_key(sink, 1, key, typename table<Row>::key{});
  }
};

}  // namespace forge_db::detail
