// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/default_text.hpp>
#include <forge_db/migration/detail/index_text.hpp>
#include <forge_db/migration/live_schema.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db::migration {

/// Reads the whole schema of `main`, in four statements whatever its size. Run it inside a transaction when the answer
/// must stay true.
inline live_schema introspect(sqlite::connection& connection);

namespace detail {

inline void read_objects(sqlite::connection& connection, live_schema& schema) {
  // Materialized: joined as it is, the pragma would list the whole schema again for each object of it.
  auto rows = connection.prepare_once(
      "with listed as materialized (select name, type, wr, strict from pragma_table_list where schema = 'main')"
      " select m.type, m.name, m.tbl_name, m.sql, l.type, l.wr, l.strict from sqlite_schema m"
      " left join listed l on l.name = m.name"
      " where m.name not like 'sqlite\\_%' escape '\\' order by m.rowid");
  while (rows.step()) {
    std::string name{rows.text(1)};
    if (rows.text(0) == "view")
      schema.views.push_back({std::move(name), {}, std::string{rows.text(3)}});
    else if (rows.text(0) == "trigger")
      schema.triggers.push_back({std::move(name), std::string{rows.text(2)}, std::string{rows.text(3)}});
    else if (rows.text(0) == "table" && rows.text(4) == "table") {
      live_table& table = schema.tables[folded(name)];
      table.name = name;
      table.sql = rows.text(3);
      table.without_rowid = rows.int64(5) != 0;
      table.strict = rows.int64(6) != 0;
    } else if (rows.text(0) == "table") {
      if (rows.text(4) == "virtual") schema.virtual_tables.push_back({name, {}, std::string{rows.text(3)}});
      schema.others.push_back(std::move(name));
    }
  }
}

inline void read_columns(sqlite::connection& connection, live_schema& schema) {
  auto rows = connection.prepare_once(
      "select m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden"
      " from sqlite_schema m, pragma_table_xinfo(m.name, 'main') x where m.type = 'table' and m.sql not like 'create "
      "virtual%' order by m.rowid, x.cid");
  while (rows.step()) {
    auto const table = schema.tables.find(folded(rows.text(0)));
    if (table == schema.tables.end()) continue;
    live_column column{std::string{rows.text(1)}, std::string{rows.text(2)}, rows.int64(3) != 0};
    if (!rows.is_null(4)) column.default_text = rows.text(4);
    column.key_position = static_cast<int>(rows.int64(5));
    column.generated = rows.int64(6) > 1;
    column.stored = rows.int64(6) == 3;
    table->second.columns.push_back(std::move(column));
  }
}

inline void read_indexes(sqlite::connection& connection, live_schema& schema) {
  auto rows = connection.prepare_once(
      "select m.name, i.name, i.\"unique\", i.origin, x.name, x.\"desc\", s.sql, x.coll"
      " from sqlite_schema m, pragma_index_list(m.name, 'main') i, pragma_index_xinfo(i.name, 'main') x"
      " left join sqlite_schema s on s.type = 'index' and s.name = i.name"
      " where m.type = 'table' and m.sql not like 'create virtual%' and x.key = 1 order by m.rowid, i.seq desc, "
      "x.seqno");
  index_text text;
  while (rows.step()) {
    auto const table = schema.tables.find(folded(rows.text(0)));
    if (table == schema.tables.end()) continue;
    auto& indexes = table->second.indexes;
    if (indexes.empty() || indexes.back().name != rows.text(1)) {
      live_index index{std::string{rows.text(1)}, table->second.name, rows.int64(2) != 0, rows.text(3)[0]};
      index.sql = rows.text(6);
      text = parse_index(index.sql);
      index.where = text.where;
      indexes.push_back(std::move(index));
    }
    auto& columns = indexes.back().columns;
    live_index_column column{std::string{rows.text(4)}, rows.int64(5) != 0};
    column.collation = collation_word(rows.text(7));
    if (live_column const* of = table->second.find_column(column.name)) column.inherited = of->collation;
    if (column.name.empty() && columns.size() < text.items.size()) {
      index_item const& item = text.items[columns.size()];
      column.expression = item.expression;
      if (item.collation.empty()) column.inherited = column.collation;
    }
    columns.push_back(std::move(column));
  }
}

inline std::string action_word(std::string_view action) {
  std::string word = folded(action);
  for (char& c : word)
    if (c == ' ') c = '_';
  return word;
}

inline void read_foreign_keys(sqlite::connection& connection, live_schema& schema) {
  auto rows = connection.prepare_once(
      "select m.name, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_delete, f.on_update"
      " from sqlite_schema m, pragma_foreign_key_list(m.name, 'main') f"
      " where m.type = 'table' and m.sql not like 'create virtual%' order by m.rowid, f.id desc, f.seq");
  std::int64_t id = -1;
  std::string of;
  while (rows.step()) {
    auto const table = schema.tables.find(folded(rows.text(0)));
    if (table == schema.tables.end()) continue;
    auto& keys = table->second.foreign_keys;
    if (rows.int64(1) != id || of != rows.text(0)) {
      keys.push_back({{}, std::string{rows.text(2)}, {}, action_word(rows.text(5)), action_word(rows.text(6))});
      id = rows.int64(1);
      of = rows.text(0);
    }
    keys.back().columns.emplace_back(rows.text(3));
    if (!rows.is_null(4)) keys.back().ref_columns.emplace_back(rows.text(4));
  }
  for (auto& [name, table] : schema.tables)
    for (live_foreign_key& key : table.foreign_keys)
      if (live_table const* parent = schema.find_table(key.ref_table); parent != nullptr && key.ref_columns.empty())
        key.ref_columns = parent->primary_key();
}

inline void read_clause(column_clause const& clause, live_table& table, live_column& column) {
  auto const tokens = tokens_of(clause.text);
  if (clause.kind == clause_kind::primary_key) table.autoincrement |= tokens.back().is_word("autoincrement");
  if (clause.kind == clause_kind::check) table.checks.push_back(bracketed_expression(clause.text));
  if (clause.kind == clause_kind::collate) column.collation = collation_word(tokens.back().value);
  if (clause.kind == clause_kind::generated) column.expression = bracketed_expression(clause.text);
}

/// What no pragma tells: checks, collations, expressions of generated columns and AUTOINCREMENT stand in the text only.
inline void read_text(live_table& table) {
  table.text = parse_table(table.sql);
  if (!table.text) return;
  for (column_text const& text : table.text->columns)
    for (live_column& column : table.columns)
      if (same_name(column.name, text.name))
        for (column_clause const& clause : text.clauses) read_clause(clause, table, column);
  for (constraint_text const& constraint : table.text->constraints) {
    if (constraint.kind == constraint_kind::check)
      table.checks.push_back(normalised(without_brackets(constraint.expression)));
    if (constraint.kind == constraint_kind::primary_key)
      for (token const& each : tokens_of(constraint.text)) table.autoincrement |= each.is_word("autoincrement");
  }
}

}  // namespace detail

inline live_schema introspect(sqlite::connection& connection) {
  live_schema schema;
  detail::read_objects(connection, schema);
  detail::read_columns(connection, schema);
  for (auto& [name, table] : schema.tables) detail::read_text(table);
  detail::read_indexes(connection, schema);
  detail::read_foreign_keys(connection, schema);
  return schema;
}

}  // namespace forge_db::migration
