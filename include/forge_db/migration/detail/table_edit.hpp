// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/ddl.hpp>
#include <forge_db/migration/detail/table_delta.hpp>
#include <forge_db/migration/detail/table_text.hpp>
#include <forge_db/migration/equivalence.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

// Changes to the pieces of a CREATE TABLE. What is not named keeps its spelling.
namespace forge_db::migration::detail {

inline void set_nullable(column_text& column, bool nullable) {
  column.remove(clause_kind::not_null);
  column.remove(clause_kind::null);
  if (!nullable) column.clauses.insert(column.clauses.begin(), {clause_kind::not_null, "NOT NULL"});
}

inline void set_default(column_text& column, std::optional<std::string> const& value) {
  column.remove(clause_kind::default_value);
  if (value) column.clauses.push_back({clause_kind::default_value, "DEFAULT " + default_clause(*value)});
}

inline void set_collation(column_text& column, std::string const& collation) {
  column.remove(clause_kind::collate);
  std::string const clause = collate_sql(collation, {}, dialect::sqlite);
  if (!clause.empty()) column.clauses.push_back({clause_kind::collate, clause.substr(1)});
}

inline void set_generated(column_text& column, std::optional<generated_def> const& generated) {
  column.remove(clause_kind::generated);
  if (!generated) return;
  column.remove(clause_kind::default_value);
  column.clauses.push_back({clause_kind::generated, generated_sql(*generated, dialect::sqlite)});
}

inline void add_column_to(table_text& table, column_def const& column,
                          std::optional<foreign_key_def> const& references) {
  column_text made{column.name, column.sqlite_type};
  set_collation(made, column.sqlite_collation);
  if (!column.nullable) made.clauses.push_back({clause_kind::not_null, "NOT NULL"});
  set_generated(made, column.generated);
  if (!column.generated) set_default(made, column.sqlite_default);
  if (references)
    made.clauses.push_back({clause_kind::references, constraint_head(references->name) + references_sql(*references)});
  table.columns.push_back(std::move(made));
}

inline void remove_constraints(table_text& table, constraint_kind kind, std::vector<std::string> const& columns) {
  std::erase_if(table.constraints, [&](constraint_text const& each) {
    return each.kind == kind && (kind == constraint_kind::foreign_key ? same_names(each.columns, columns)
                                                                      : same_name_set(each.columns, columns));
  });
}

inline void remove_unique(table_text& table, std::vector<std::string> const& columns) {
  remove_constraints(table, constraint_kind::unique, columns);
  if (columns.size() != 1) return;
  if (column_text* column = table.find_column(columns[0])) column->remove(clause_kind::unique);
}

inline void remove_foreign_key(table_text& table, std::vector<std::string> const& columns) {
  remove_constraints(table, constraint_kind::foreign_key, columns);
  if (columns.size() != 1) return;
  if (column_text* column = table.find_column(columns[0])) column->remove(clause_kind::references);
}

inline void remove_column(table_text& table, std::string const& name) {
  remove_foreign_key(table, {name});
  std::erase_if(table.columns, [&](column_text const& each) { return same_name(each.name, name); });
}

inline void remove_check(table_text& table, std::string const& expression) {
  std::string const wanted = normalised(without_brackets(expression));
  for (column_text& column : table.columns)
    std::erase_if(column.clauses, [&](column_clause const& each) {
      return each.kind == clause_kind::check && bracketed_expression(each.text) == wanted;
    });
  std::erase_if(table.constraints, [&](constraint_text const& each) {
    return each.kind == constraint_kind::check && normalised(without_brackets(each.expression)) == wanted;
  });
}

inline void set_primary_key(table_text& table, table_def const& after) {
  for (column_text& column : table.columns) column.remove(clause_kind::primary_key);
  std::erase_if(table.constraints,
                [](constraint_text const& each) { return each.kind == constraint_kind::primary_key; });
  if (after.primary_key.empty()) return;
  if (is_rowid_alias(after)) {
    if (column_text* column = table.find_column(after.primary_key[0]))
      column->clauses.insert(
          column->clauses.begin(),
          {clause_kind::primary_key, after.autoincrement ? "PRIMARY KEY AUTOINCREMENT" : "PRIMARY KEY"});
    return;
  }
  table.constraints.insert(
      table.constraints.begin(),
      {constraint_kind::primary_key, after.primary_key, {}, "PRIMARY KEY (" + quoted_list(after.primary_key) + ")"});
}

/// Whether any expression or constraint that remains names `column`.
inline bool mentions(std::string_view sql, std::string_view column) {
  for (token const& each : tokens_of(sql))
    if (each.is_name() && same_name(each.value, column)) return true;
  return false;
}

inline bool still_names(table_text const& table, std::string_view column) {
  for (column_text const& each : table.columns)
    for (column_clause const& clause : each.clauses)
      if ((clause.kind == clause_kind::check || clause.kind == clause_kind::generated) && mentions(clause.text, column))
        return true;
  for (constraint_text const& each : table.constraints) {
    if (each.kind == constraint_kind::check && mentions(each.expression, column)) return true;
    for (std::string const& name : each.columns)
      if (same_name(name, column)) return true;
  }
  return false;
}

}  // namespace forge_db::migration::detail
