// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/detail/tree_parts.hpp>
#include <forge_db/repository/standing.hpp>

#include <cstdint>
#include <limits>
#include <string>

// The statements of trees. Those that climb or descend are one recursive statement each.
namespace forge_db {

/// A row of a subtree, and how far it is below the one that was asked for.
template <class Row>
struct tree_node {
  Row row{};
  std::int64_t level = 0;
};

namespace detail {

/// The rows without a parent.
template <class Row>
struct tree_roots : whole_row_result<Row> {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    parts::select(out);
    parts::from(out);
    out.text(" where ");
    out.text(parts::parent::quoted);
    out.text(" is null");
    parts::and_standing(out);
    out.text(" order by ");
    parts::order(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_standing(sink, index, conditions);
  }
};

/// The rows right below one.
template <class Row>
struct tree_children : whole_row_result<Row> {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  key_of<Row> const& parent;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    parts::select(out);
    parts::from(out);
    out.text(" where ");
    out.text(parts::parent::quoted);
    out.text(" = ");
    out.parameter();
    parts::and_standing(out);
    out.text(" order by ");
    parts::order(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_key_value(sink, index, parent);
    bind_standing(sink, index, conditions);
  }
};

/// A row and all above it, the root first.
template <class Row>
struct tree_path : whole_row_result<Row> {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = has_soft_delete<Row>;  // its text depends on which rows are seen

  key_of<Row> const& key;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("with recursive ");
    parts::up(out, static_cast<seen_rows>(mask.number(standing_pieces::seen_bit, 2)));
    out.text(" ");
    parts::select(out);
    out.text(" from forge_up");
    parts::join(out, parts::key(), "forge_key");
    out.text(" order by forge_height desc");
  }
  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    mark_standing(mask, conditions);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&tree_path::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_up(sink, index, key, conditions);
  }
};

/// A row and all below it, down to a level.
template <class Row>
struct tree_below {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = tree_node<Row>;

  key_of<Row> const& key;
  std::int64_t levels;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("with recursive ");
    parts::down(out, seen_rows::living);
    out.text(" ");
    parts::select(out);
    out.text(", forge_level from forge_down");
    parts::join(out, parts::key(), "forge_key");
    out.text(" order by forge_level, ");
    parts::order(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_down(sink, index, key, levels, conditions);
  }
  template <class Reader>
  static void decode(Reader& reader, tree_node<Row>& node) {
    read_fields(reader, node.row, typename table<Row>::columns{});
    node.level = reader.int64(static_cast<int>(table<Row>::columns::size));
  }
};

/// How far it is from a place in a tree to its root, and from a row to the deepest one below it.
struct tree_measures {
  std::int64_t above = 0;   // rows from the place to its root, both counted; 0 where the place is none
  std::int64_t below = 0;   // levels below the row
  std::int64_t rows = 0;    // of the row's subtree, itself counted; 0 where there is no such row
  bool in_subtree = false;  // the place is the row, or below it
};

/// The measures of a row that is to go below a place.
template <class Row>
struct measure_move {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = tree_measures;

  key_of<Row> const& key;
  key_of<Row> const& place;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("with recursive ");
    parts::up(out);
    out.text(", ");
    parts::down(out, seen_rows::all);
    out.text(
        " select (select count(*) from forge_up), (select coalesce(max(forge_level), 0) from forge_down), (select "
        "count(*) from forge_down), (select count(*) from forge_up where forge_key = ");
    out.parameter();
    out.text(")");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_up(sink, index, place, conditions);
    parts::bind_down(sink, index, key, tree_climb_limit, conditions);
    parts::bind_key_value(sink, index, key);
  }
  template <class Reader>
  static void decode(Reader& reader, tree_measures& found) {
    found = {reader.int64(0), reader.int64(1), reader.int64(2), reader.int64(3) > 0};
  }
};

/// Writes the depths of a row and of all below it, the row's own being `depth`.
template <class Row>
struct set_depths {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  key_of<Row> const& key;
  std::int64_t depth;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("with recursive ");
    parts::down(out, seen_rows::all);
    out.text(" update ");
    out.text(table<Row>::quoted);
    out.text(" set ");
    out.text(parts::depth::quoted);
    out.text(" = ");
    parts::number(out);
    out.text(" + forge_level from forge_down where ");
    parts::own(out, parts::key());
    out.text(" = forge_key");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_down(sink, index, key, tree_climb_limit, conditions);
    sink.int64(index, depth);
  }
};

/// Removes a row and all below it, of a table without standing conditions.
template <class Row>
struct remove_below {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  key_of<Row> const& key;

  static constexpr void render(sql_writer& out) {
    out.text("with recursive ");
    parts::down(out, seen_rows::living);
    out.text(" delete");
    parts::from(out);
    out.text(" where ");
    out.text(parts::key());
    out.text(" in (select forge_key from forge_down)");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_down(sink, index, key, std::numeric_limits<std::int64_t>::max(), {});
  }
};

/// The row at the end of a path of names, from a root down, or from below a row.
template <class Row, bool FromRoot>
struct find_by_path : whole_row_result<Row> {
  using parts = tree_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  key_of<Row> const* from;   // null from the root
  std::string const& names;  // as a JSON list
  std::int64_t length;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void name_at(sql_writer& out, bool first) {
    out.text(out.is_postgres() ? "(" : "json_extract(");
    out.parameter();
    if (out.is_postgres()) {
      out.text(first ? "::jsonb ->> 0)" : "::jsonb ->> forge_level)");
    } else {
      out.text(first ? ", '$[0]')" : ", '$[' || forge_level || ']')");
    }
  }
  static constexpr void render(sql_writer& out) {
    out.text("with recursive forge_walk (forge_key, forge_level) as (select ");
    out.text(parts::key());
    out.text(", 1");
    parts::from(out);
    out.text(" where ");
    out.text(parts::parent::quoted);
    if constexpr (FromRoot) {
      out.text(" is null");
    } else {
      out.text(" = ");
      out.parameter();
    }
    out.text(" and ");
    out.text(parts::name::quoted);
    out.text(" = ");
    name_at(out, true);
    parts::and_standing(out);
    out.text(" union all select ");
    parts::own(out, parts::key());
    out.text(", forge_level + 1 from forge_walk");
    parts::join(out, parts::parent::quoted, "forge_key");
    out.text(" and ");
    parts::own(out, parts::name::quoted);
    out.text(" = ");
    name_at(out, false);
    parts::and_standing(out);
    out.text(") ");
    parts::select(out);
    out.text(" from forge_walk");
    parts::join(out, parts::key(), "forge_key");
    out.text(" where forge_level = ");
    parts::number(out);
    out.text(" order by forge_key");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    if constexpr (!FromRoot) parts::bind_key_value(sink, index, *from);
    sink.text(index++, names);
    bind_standing(sink, index, conditions);
    sink.text(index++, names);
    bind_standing(sink, index, conditions);
    sink.int64(index, length);
  }
};

}  // namespace detail
}  // namespace forge_db
