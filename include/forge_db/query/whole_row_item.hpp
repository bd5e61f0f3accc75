// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/fixed_string.hpp>
#include <forge_db/query/alias.hpp>
#include <forge_db/query/expression.hpp>
#include <forge_db/query/operand.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/column.hpp>
#include <forge_db/schema/table.hpp>

namespace forge_db {

/// All columns of a table of the statement, decoded into its struct: an optional one where an outer join may have found
/// no row, which is seen by all of its columns being NULL.
template <table_row Row>
struct whole_row_item {
  static constexpr detail::level level = detail::level::row;

  static constexpr void render(sql_writer& out) { render_columns(out, typename table<Row>::columns{}); }
  template <class Sink>
  void bind(Sink&, int&) const {}

  /// In a group: its key stands for all of it.
  template <class... Scope>
  static consteval bool belongs_to() {
    return detail::is_in_scope<Row, Scope...> || detail::key_is_grouped<Row, Scope...>();
  }
  /// True if E is a column of the row.
  template <class E>
  static consteval bool selects() {
    return detail::is_column_operand<E> && E::template belongs_to<Row>();
  }

 private:
  template <class... Columns>
  static constexpr void render_columns(sql_writer& out, column_list<Columns...>) {
    sql_separator separate;
    ((separate(out), out.column(table<Row>::quoted, Columns::quoted)), ...);
  }
};

/// All columns of Row's table, for select(): `select(row_of<Book>(), count())`.
template <table_row Row>
[[nodiscard]] constexpr auto row_of() {
  return whole_row_item<Row>{};
}
/// All columns of an aliased table.
template <table_row Row, fixed_string Name>
[[nodiscard]] constexpr auto row_of(alias<Row, Name>) {
  return whole_row_item<aliased<Row, Name>>{};
}

}  // namespace forge_db
