// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/alias.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/schema/table.hpp>

namespace forge_db {

/// An outer join found no row of the table, or `Found`, did: its key is NULL, or not.
template <table_row Row, bool Found>
struct missing_row : detail::predicate_base {
  static_assert(table<Row>::key::size > 0, "forge_db: is_missing() requires a table with a key; look at a column");

  static constexpr void render(sql_writer& out) {
    render_key(out, typename table<Row>::key{});
    out.text(Found ? " is not null" : " is null");
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
  template <class... Scope>
  static consteval bool belongs_to() {
    return detail::is_in_scope<Row, Scope...>;
  }

 private:
  template <class First, class... More>
  static constexpr void render_key(sql_writer& out, column_list<First, More...>) {
    out.column(table<Row>::quoted, First::quoted);
  }
};

/// The rows for which an outer join found none of the table: `left_join<Loan>(...).where(is_missing<Loan>())` gives
/// the books that were never lent.
template <table_row Row>
[[nodiscard]] constexpr auto is_missing() {
  return missing_row<Row, false>{};
}
template <table_row Row, fixed_string Name>
[[nodiscard]] constexpr auto is_missing(alias<Row, Name>) {
  return missing_row<aliased<Row, Name>, false>{};
}
/// The rows for which it found one.
template <table_row Row>
[[nodiscard]] constexpr auto is_found() {
  return missing_row<Row, true>{};
}
template <table_row Row, fixed_string Name>
[[nodiscard]] constexpr auto is_found(alias<Row, Name>) {
  return missing_row<aliased<Row, Name>, true>{};
}

}  // namespace forge_db
