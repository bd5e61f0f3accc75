// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/detail/prefix_end.hpp>
#include <forge_db/query/held_value.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/schema/storage.hpp>

#include <algorithm>
#include <concepts>
#include <span>
#include <string_view>
#include <utility>

namespace forge_db {

/// True if column C holds text that a part can be looked for in: text, or JSON as it is written.
template <class C>
consteval bool searchable_text() {
  return requires { requires C::storage_type::is_text; };
}

/// True if column C holds a JSON list of text.
template <class C>
consteval bool holds_string_list() {
  return requires { requires C::storage_type::is_list; };
}

namespace detail {

/// LIKE would mean different things on the two dialects, and a parameter of it makes SQLite prepare again at every
/// bind. lower() folds A-Z only: always so in SQLite, and under the collation "C" in PostgreSQL.
constexpr void render_contains(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column) {
  if (out.is_postgres()) {
    out.text("position(lower(");
    out.parameter();
    out.text("::text collate \"C\") in lower(");
    out.column(quoted_table, quoted_column);
    out.text("::text collate \"C\")) > 0");
  } else {
    out.text("instr(lower(");
    out.column(quoted_table, quoted_column);
    out.text("), lower(");
    out.parameter();
    out.text(")) > 0");
  }
}

/// From the prefix, byte for byte, up to the first text after all that start with it. The collation is said, because
/// the column may have another; the default one's index serves it.
constexpr void render_starts_with(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column) {
  std::string_view const collation = out.is_postgres() ? " collate \"C\"" : " collate binary";
  out.column(quoted_table, quoted_column);
  out.text(collation);
  out.text(" >= ");
  out.parameter();
  out.text(" and ");
  out.column(quoted_table, quoted_column);
  out.text(collation);
  out.text(" < ");
  out.parameter();
}

/// SQLite's items of a list. What is no list has none: json_each would stop the statement at text that is no JSON, and
/// would also walk objects. The column is always qualified, because json_each has columns of its own.
constexpr void render_items(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column) {
  auto const name = [&] {
    out.text(quoted_table);
    out.text(".");
    out.text(quoted_column);
  };
  out.text("json_each(case when json_valid(");
  name();
  out.text(") then case when json_type(");
  name();
  out.text(") = 'array' then ");
  name();
  out.text(" else '[]' end else '[]' end)");
}

constexpr void render_has(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column) {
  if (out.is_postgres()) {
    out.column(quoted_table, quoted_column);
    out.text("::jsonb @> jsonb_build_array(");
    out.parameter();
    out.text("::text)");
    return;
  }
  out.text("exists (select 1 from ");
  render_items(out, quoted_table, quoted_column);
  out.text(" where json_each.value = ");
  out.parameter();
  out.text(")");
}

/// A list with an item that contains a word, whatever the case of A-Z. Items that are no text are not looked at.
constexpr void render_item_contains(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column) {
  if (!out.is_postgres()) {
    out.text("exists (select 1 from ");
    render_items(out, quoted_table, quoted_column);
    out.text(" where json_each.type = 'text' and instr(lower(json_each.value), lower(");
    out.parameter();
    out.text(")) > 0)");
    return;
  }
  auto const name = [&] {
    out.text(quoted_table);  // always: the items have a column of their own
    out.text(".");
    out.text(quoted_column);
  };
  out.text("exists (select 1 from jsonb_array_elements(case when jsonb_typeof(");
  name();
  out.text("::jsonb) = 'array' then ");
  name();
  out.text(
      "::jsonb else '[]' end) as forge_item (value) where jsonb_typeof(forge_item.value) = 'string' and "
      "position(lower(");
  out.parameter();
  out.text("::text collate \"C\") in lower((forge_item.value #>> '{}') collate \"C\")) > 0)");
}

/// A list that holds one of the items of another one, which is bound as JSON.
constexpr void render_has_any(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column) {
  if (out.is_postgres()) {
    out.text("exists (select 1 from jsonb_array_elements_text(");
    out.parameter();
    out.text("::jsonb) as forge_given (value) where ");
    out.text(quoted_table);  // always: the items have a column of their own
    out.text(".");
    out.text(quoted_column);
    out.text("::jsonb @> jsonb_build_array(forge_given.value))");
    return;
  }
  out.text("exists (select 1 from ");
  render_items(out, quoted_table, quoted_column);
  out.text(" where json_each.value in (select value from json_each(");
  out.parameter();
  out.text(")))");
}

/// A list that holds all items of another one, which is bound as JSON.
constexpr void render_has_all(sql_writer& out, std::string_view quoted_table, std::string_view quoted_column) {
  if (out.is_postgres()) {
    out.column(quoted_table, quoted_column);
    out.text("::jsonb @> ");
    out.parameter();
    out.text("::jsonb");
    return;
  }
  out.text("not exists (select 1 from json_each(");
  out.parameter();
  out.text(") as forge_given where forge_given.value not in (select value from ");
  render_items(out, quoted_table, quoted_column);
  out.text("))");
}

/// Throws invalid_value for what no item is seen to be: SQLite's JSON functions show an item up to its first NUL only,
/// and PostgreSQL's JSON holds none. So an item that goes on behind a NUL is found by its beginning.
inline void require_item(std::string_view item, std::string_view table = {}, std::string_view column = {}) {
  if (item.find('\0') == std::string_view::npos) return;
  error_context context;
  context.table = table;
  context.column = column;
  throw invalid_value("forge_db: has() requires its item to be without NUL bytes; compare the lists of the rows",
                      std::move(context));
}

}  // namespace detail

/// Text that contains a word, whatever the case of A-Z in either.
template <column_tag C>
struct text_contains : detail::predicate_base {
  detail::held_text word;

  template <class Word>
  explicit text_contains(std::in_place_t, Word&& w) : word(std::forward<Word>(w)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_contains(out, table<typename C::row_type>::quoted, C::quoted);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    sink.text(index++, word.view());
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Rows...>();
  }
};

/// Text that starts with a prefix: from the prefix up to the first text after all that start with it.
template <column_tag C>
struct text_starts_with : detail::predicate_base {
  detail::held_text prefix;

  template <class Prefix>
  explicit text_starts_with(std::in_place_t, Prefix&& p) : prefix(std::forward<Prefix>(p)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_starts_with(out, table<typename C::row_type>::quoted, C::quoted);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    sink.text(index++, prefix.view());
    detail::bind_prefix_end(sink, index++, prefix.view());
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Rows...>();
  }

  static constexpr int strength = 2;  // it is a conjunction
};

/// A JSON list of text that holds an item. Only items that are text are looked at: a number that a lenient column reads
/// as text is none.
template <column_tag C>
struct list_has : detail::predicate_base {
  detail::held_text item;

  template <class Item>
  explicit list_has(std::in_place_t, Item&& i) : item(std::forward<Item>(i)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_has(out, table<typename C::row_type>::quoted, C::quoted);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    detail::require_item(item.view(), table<typename C::row_type>::name, C::name);
    sink.text(index++, item.view());
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Rows...>();
  }
};

}  // namespace forge_db
