// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/query/sql_writer.hpp>

namespace forge_db::detail {

// What an insert does with a row that is already there.

/// It fails: constraint_violation.
struct conflict_fails {
  static constexpr bool is_said = false;
  static constexpr void render(sql_writer&) {}
};

/// The columns of a unique constraint hold among some rows only, where table<Row>::unique_where says so.
template <class C, class Target>
constexpr void render_conflict_where(sql_writer& out, Target target) {
  using of_row = table<typename C::row_type>;
  if constexpr (requires { of_row::unique_where; }) {
    if (same_columns(target, typename of_row::key{})) return;
    out.text("where ");
    out.text(of_row::unique_where);
    out.text(" ");
  }
}

template <class C, class... Columns>
constexpr void render_index_columns(sql_writer& out, column_list<C, Columns...>) {
  out.text("on conflict (");
  out.text(C::quoted);
  ((out.text(", "), out.text(Columns::quoted)), ...);
  out.text(") ");
}

constexpr void render_conflict_columns(sql_writer& out, column_list<>) { out.text("on conflict "); }
template <class C, class... Columns>
constexpr void render_conflict_columns(sql_writer& out, column_list<C, Columns...> target) {
  render_index_columns(out, target);
  render_conflict_where<C>(out, target);
}

/// The row is left out.
template <class Target>
struct conflict_skips {
  static constexpr bool is_said = true;
  static constexpr void render(sql_writer& out) {
    render_conflict_columns(out, Target{});
    out.text("do nothing");
  }
};

constexpr void render_excluded(sql_writer& out, std::string_view quoted) {
  out.text(quoted);
  out.text(" = excluded.");
  out.text(quoted);
}

/// Behind what an upsert assigns to the columns Updated: those that every update refreshes, and the version.
template <class Row, class... Updated>
constexpr void render_refreshed_on_conflict([[maybe_unused]] sql_writer& out, [[maybe_unused]] sql_separator& separate,
                                            column_list<Updated...>) {
  [&]<class... Refreshed>(column_list<Refreshed...>) {
    ((contains_column<Refreshed>(column_list<Updated...>{}) ? void()
                                                            : (separate(out), render_excluded(out, Refreshed::quoted))),
     ...);
  }(typename table<Row>::on_update_now{});
  if constexpr (has_optimistic_lock<Row>) {
    if constexpr (!contains_column<typename table<Row>::optimistic_lock>(column_list<Updated...>{})) {
      separate(out);
      render_next_version<Row>(out);
    }
  }
}

/// An index with a condition, as on_conflict() names it.
template <class Columns, class Condition>
struct partial_index;
template <class Columns, class Condition>
constexpr void render_conflict_columns(sql_writer& out, partial_index<Columns, Condition>) {
  render_index_columns(out, Columns{});
  out.text("where ");
  Condition::render(out);
  out.text(" ");
}

/// The row that is there takes the new values of some columns, and of those that every update refreshes.
template <class Row, class Target, class Updated>
struct conflict_updates;

template <class Row, class Target, class... Updated>
struct conflict_updates<Row, Target, column_list<Updated...>> {
  static constexpr bool is_said = true;
  static constexpr void render(sql_writer& out) {
    render_conflict_columns(out, Target{});
    out.text("do update set ");
    sql_separator separate;
    ((separate(out), render_excluded(out, Updated::quoted)), ...);
    render_refreshed_on_conflict<Row>(out, separate, column_list<Updated...>{});
  }
};

}  // namespace forge_db::detail
