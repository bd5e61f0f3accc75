// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/partial_row.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/standing.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <type_traits>

// The statements of trees. Those that climb or descend are one recursive statement each.
namespace forge_db {

template <class Row>
struct repository_traits;

/// A row of a subtree, and how far it is below the one that was asked for.
template <class Row>
struct tree_node {
  Row row{};
  std::int64_t level = 0;
};

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
  /// ` and ...` what every statement of the table carries; of soft deletion, that the row lives.
  static constexpr void and_standing(sql_writer& out) {
    sql_separator separate(" and ", " and ");
    render_standing<Row>(out, separate);
  }
  static constexpr void number(sql_writer& out) {
    out.text("cast(");
    out.parameter();
    out.text(" as bigint)");
  }

  /// From a row up to its root.
  static constexpr void up(sql_writer& out) {
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
    and_standing(out);
    out.text(" union all select ");
    own(out, key());
    out.text(", ");
    own(out, parent::quoted);
    out.text(", forge_height + 1 from forge_up");
    join(out, key(), "forge_parent");
    out.text(" where forge_height < ");
    out.number(static_cast<std::size_t>(tree_climb_limit));
    and_standing(out);
    out.text(")");
  }
  /// From a row down to all below it. A row has one parent, so that a circle leads back to the first row, which is left
  /// out.
  static constexpr void down(sql_writer& out) {
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
    out.text(" where forge_level < ");
    number(out);
    out.text(" and ");
    own(out, key());
    out.text(" <> ");
    out.parameter();
    and_standing(out);
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
  static constexpr bool is_dynamic = false;

  key_of<Row> const& key;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("with recursive ");
    parts::up(out);
    out.text(" ");
    parts::select(out);
    out.text(" from forge_up");
    parts::join(out, parts::key(), "forge_key");
    out.text(" order by forge_height desc");
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
    parts::down(out);
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
    parts::down(out);
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
    parts::down(out);
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
    parts::down(out);
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
