// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/json.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/partial_row.hpp>

#include <string>
#include <string_view>

namespace forge_db {

/// A setting: what merge() takes and all() answers.
struct setting {
  std::string key{};
  json value{};
};

template <class Row>
struct repository_traits;

namespace detail {

/// What the statements of a table of settings are written from.
template <class Row>
struct setting_parts {
  using columns = typename repository_traits<Row>::settings;
  using scope = typename columns::scope;
  using key = typename columns::key;
  using value = typename columns::value;
  using target = join_columns<scope, column_list<key>>;
  using scope_values = values_of<scope>;

  static constexpr void from(sql_writer& out) {
    out.text(" from ");
    out.text(table<Row>::quoted);
  }
  /// `"key", "value"`
  static constexpr void pair(sql_writer& out) {
    out.text(key::quoted);
    out.text(", ");
    out.text(value::quoted);
  }
  static constexpr void where_scope(sql_writer& out) {
    if constexpr (scope::size > 0) {
      out.text(" where ");
      render_key(out, scope{});
    }
  }
  static constexpr void where_target(sql_writer& out) {
    out.text(" where ");
    render_key(out, target{});
  }
};

/// The text of one setting.
template <class Row>
struct get_setting {
  using parts = setting_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = json;

  typename parts::scope_values const& scope;
  std::string const& key;

  static constexpr void render(sql_writer& out) {
    out.text("select ");
    out.text(parts::value::quoted);
    parts::from(out);
    parts::where_target(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_values(sink, index, scope, typename parts::scope{});
    sink.text(index, key);
  }
  template <class Reader>
  static void decode(Reader& reader, json& value) {
    read_field<typename parts::value::storage_type>(reader, 0, value);
  }
};

/// All settings of a scope, by key.
template <class Row>
struct all_settings {
  using parts = setting_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = setting;

  typename parts::scope_values const& scope;

  static constexpr void render(sql_writer& out) {
    out.text("select ");
    parts::pair(out);
    parts::from(out);
    parts::where_scope(out);
    out.text(" order by ");
    out.text(parts::key::quoted);
    if (out.is_postgres()) out.text(" collate \"C\"");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_values(sink, index, scope, typename parts::scope{});
  }
  template <class Reader>
  static void decode(Reader& reader, setting& found) {
    read_field<typename parts::key::storage_type>(reader, 0, found.key);
    read_field<typename parts::value::storage_type>(reader, 1, found.value);
  }
};

/// Writes one setting, or writes it over.
template <class Row>
struct set_setting {
  using parts = setting_parts<Row>;
  using inserted = partial_row<Row, join_columns<typename parts::target, column_list<typename parts::value>>>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  typename parts::scope_values const& scope;
  std::string const& key;
  json const& value;

  static constexpr void render_insert(sql_writer& out) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    out.text(" (");
    inserted::render_names(out);
    out.text(")");
    inserted::render_values(out);
    out.text(" ");
    render_conflict_columns(out, typename parts::target{});
    out.text("do update set ");
  }
  static constexpr void render(sql_writer& out) {
    render_insert(out);
    render_excluded(out, parts::value::quoted);
    render_refreshed_excluded(out, typename table<Row>::on_update_now{});
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_values(sink, index, scope, typename parts::scope{});
    sink.text(index++, key);
    codec<json, typename parts::value::storage_type>::write(sink, index++, value);
    inserted::bind_filled(sink, index);
  }
};

/// Adds `value` to a setting that is an integer, and answers the sum; no row when it is none, or the sum has no room.
template <class Row>
struct increment_setting : set_setting<Row> {
  using parts = setting_parts<Row>;
  static constexpr bool returns_rows = true;
  using row_type = json;

  static constexpr void stored(sql_writer& out, std::string_view of) {
    out.text(of);
    out.text(".");
    out.text(parts::value::quoted);
  }
  static constexpr void number(sql_writer& out, std::string_view of) {
    out.text(out.is_postgres() ? "(" : "json_extract(");
    stored(out, of);
    out.text(out.is_postgres() ? " #>> '{}')::bigint" : ", '$')");
  }
  static constexpr void sum(sql_writer& out) {
    number(out, table<Row>::quoted);
    out.text(" + ");
    number(out, "excluded");
  }
  static constexpr void render(sql_writer& out) {
    set_setting<Row>::render_insert(out);
    out.text(parts::value::quoted);
    out.text(out.is_postgres() ? " = to_jsonb(" : " = cast(");
    sum(out);
    out.text(out.is_postgres() ? ")" : " as text)");
    render_refreshed_excluded(out, typename table<Row>::on_update_now{});
    if (out.is_postgres()) {
      out.text(" where (");
      stored(out, table<Row>::quoted);
      out.text(")::text ~ '^-?[0-9]{1,19}$'");
    } else {
      // `true` is an integer to json_extract(), and a sum that is too large becomes a real number.
      out.text(" where case when json_valid(");
      stored(out, table<Row>::quoted);
      out.text(") then json_type(");
      stored(out, table<Row>::quoted);
      out.text(") = 'integer' and typeof(");
      sum(out);
      out.text(") = 'integer' else false end");
    }
    out.text(" returning ");
    out.text(parts::value::quoted);
  }
  template <class Reader>
  static void decode(Reader& reader, json& value) {
    read_field<typename parts::value::storage_type>(reader, 0, value);
  }
};

/// Removes one setting.
template <class Row>
struct unset_setting {
  using parts = setting_parts<Row>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  typename parts::scope_values const& scope;
  std::string const& key;

  static constexpr void render(sql_writer& out) {
    out.text("delete");
    parts::from(out);
    parts::where_target(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_values(sink, index, scope, typename parts::scope{});
    sink.text(index, key);
  }
};

/// Removes all settings of a scope.
template <class Row>
struct clear_settings {
  using parts = setting_parts<Row>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  typename parts::scope_values const& scope;

  static constexpr void render(sql_writer& out) {
    out.text("delete");
    parts::from(out);
    parts::where_scope(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_values(sink, index, scope, typename parts::scope{});
  }
};

}  // namespace detail
}  // namespace forge_db
