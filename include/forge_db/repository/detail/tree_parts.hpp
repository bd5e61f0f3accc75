// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/standing.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace forge_db {

template <class Row>
struct repository_traits;

namespace detail {

/// More levels than a tree has; a climb that takes as many goes round in a circle.
inline constexpr std::int64_t tree_climb_limit = 1000;

/// What the statements of a table that is a tree are written from.
template <class Row>
struct tree_parts {
  using columns = typename repository_traits<Row>::tree;
  using parent = typename columns::parent;
  using name = typename columns::name;    // void if rows have none
  using depth = typename columns::depth;  // void if it is not stored
  static constexpr bool has_name = !std::is_void_v<name>;
  static constexpr bool has_depth = !std::is_void_v<depth>;

  template <class Key>
  static constexpr std::string_view first_quoted(column_list<Key>) {
    return Key::quoted;
  }
  static constexpr std::string_view key() { return first_quoted(typename table<Row>::key{}); }

  static constexpr void own(sql_writer& out, std::string_view column) {
    out.text(table<Row>::quoted);
    out.text(".");
    out.text(column);
  }
  static constexpr void select(sql_writer& out) {
    out.text("select ");
    out.text(table<Row>::select_list);
  }
  static constexpr void from(sql_writer& out) {
    out.text(" from ");
    out.text(table<Row>::quoted);
  }
  /// ` join "folders" on "folders"."id" = forge_key`
  static constexpr void join(sql_writer& out, std::string_view to_column, std::string_view of_tree) {
    out.text(" join ");
    out.text(table<Row>::quoted);
    out.text(" on ");
    own(out, to_column);
    out.text(" = ");
    out.text(of_tree);
  }
  /// `"name", "id"`
  static constexpr void order(sql_writer& out) {
    if constexpr (has_name) {
      own(out, name::quoted);
      out.text(", ");
    }
    own(out, key());
  }
  /// ` and ...` what every statement of the table carries: of a scope the tenant, of soft deletion that the row lives,
  /// unless all rows are meant.
  static constexpr void and_standing(sql_writer& out, seen_rows seen = seen_rows::living) {
    shape_mask mask;
    mask.set_number(standing_pieces::seen_bit, static_cast<std::size_t>(seen));
    sql_separator separate(" and ", " and ");
    render_standing<Row>(out, separate, mask);
  }
  static constexpr void number(sql_writer& out) {
    out.text("cast(");
    out.parameter();
    out.text(" as bigint)");
  }

  /// ` where "column" < limit`, of few rows: SQLite takes a recursive table for one of a million rows, and, once the
  /// database has statistics, would read all of the table beside it into a Bloom filter before the first step.
  static constexpr void few(sql_writer& out, std::string_view column, auto const& limit) {
    out.text(out.is_postgres() ? " where " : " where likelihood(");
    out.text(column);
    out.text(" < ");
    limit();
    if (!out.is_postgres()) out.text(", 0.0001)");
  }

  /// From a row, which lives unless others are meant, up to its root, by whatever rows there are above it.
  static constexpr void up(sql_writer& out, seen_rows from_row = seen_rows::living) {
    out.text("forge_up (forge_key, forge_parent, forge_height) as (select ");
    out.text(key());
    out.text(", ");
    out.text(parent::quoted);
    out.text(", 0");
    from(out);
    out.text(" where ");
    out.text(key());
    out.text(" = ");
    out.parameter();
    and_standing(out, from_row);
    out.text(" union all select ");
    own(out, key());
    out.text(", ");
    own(out, parent::quoted);
    out.text(", forge_height + 1 from forge_up");
    join(out, key(), "forge_parent");
    few(out, "forge_height", [&out] { out.number(static_cast<std::size_t>(tree_climb_limit)); });
    and_standing(out, seen_rows::all);
    out.text(")");
  }
  /// From a row down to all below it. A row has one parent, so that a circle leads back to the first row, which is left
  /// out. What is measured and what depths are written to is `below` all rows, what is listed the living ones: a
  /// deleted row hides what is below it.
  static constexpr void down(sql_writer& out, seen_rows below) {
    out.text("forge_down (forge_key, forge_level) as (select ");
    out.text(key());
    out.text(", 0");
    from(out);
    out.text(" where ");
    out.text(key());
    out.text(" = ");
    out.parameter();
    and_standing(out);
    out.text(" union all select ");
    own(out, key());
    out.text(", forge_level + 1 from forge_down");
    join(out, parent::quoted, "forge_key");
    few(out, "forge_level", [&out] { number(out); });
    out.text(" and ");
    own(out, key());
    out.text(" <> ");
    out.parameter();
    and_standing(out, below);
    out.text(")");
  }
  template <class Sink>
  static void bind_key_value(Sink& sink, int& index, key_of<Row> const& value) {
    bind_key(sink, index++, value, typename table<Row>::key{});
  }
  template <class Sink>
  static void bind_up(Sink& sink, int& index, key_of<Row> const& value, standing<Row> const& conditions) {
    bind_key_value(sink, index, value);
    bind_standing(sink, index, conditions);
    bind_standing(sink, index, conditions);
  }
  template <class Sink>
  static void bind_down(Sink& sink, int& index, key_of<Row> const& value, std::int64_t levels,
                        standing<Row> const& conditions) {
    bind_key_value(sink, index, value);
    bind_standing(sink, index, conditions);
    sink.int64(index++, levels);
    bind_key_value(sink, index, value);
    bind_standing(sink, index, conditions);
  }
};

}  // namespace detail
}  // namespace forge_db
