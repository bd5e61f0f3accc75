// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/quoting.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration::detail {

enum class clause_kind { primary_key, not_null, null, unique, check, default_value, collate, references, generated };

/// `CONSTRAINT name` belongs to the clause behind it. `text` is as written, without table qualifiers in expressions.
struct column_clause {
  clause_kind kind;
  std::string text;
};

struct column_text {
  std::string name;
  std::string type;
  std::vector<column_clause> clauses{};

  column_clause const* find(clause_kind kind) const {
    for (column_clause const& each : clauses)
      if (each.kind == kind) return &each;
    return nullptr;
  }
  void remove(clause_kind kind) {
    std::erase_if(clauses, [&](column_clause const& each) { return each.kind == kind; });
  }
};

enum class constraint_kind { primary_key, unique, foreign_key, check };

struct constraint_text {
  constraint_kind kind;
  std::vector<std::string> columns;  ///< of the table itself; empty for a check
  std::string expression;            ///< of a check
  std::string text;
};

/// A CREATE TABLE statement in pieces, each as it was written. A rebuilt table is made from these pieces, so that
/// whatever ForgeDB does not know about (collations, conflict clauses, generated columns, foreign columns) survives
/// word for word.
struct table_text {
  std::string name;
  std::vector<column_text> columns{};
  std::vector<constraint_text> constraints{};
  bool strict = false;
  bool without_rowid = false;

  column_text* find_column(std::string_view wanted) {
    for (column_text& each : columns)
      if (same_name(each.name, wanted)) return &each;
    return nullptr;
  }
  column_text const* find_column(std::string_view wanted) const {
    return const_cast<table_text*>(this)->find_column(wanted);
  }
};

/// The pieces of a stored CREATE TABLE; nothing for virtual tables and for text that is not understood.
inline std::optional<table_text> parse_table(std::string_view sql);

/// `CREATE TABLE "name" (...)` with all the pieces of `table`.
inline std::string render_table(table_text const& table, std::string_view name) {
  std::string text = "CREATE TABLE " + quoted_name(name) + " (";
  std::string_view separator = "\n    ";
  for (column_text const& column : table.columns) {
    text += separator;
    text += quoted_name(column.name);
    if (!column.type.empty()) text += ' ' + column.type;
    for (column_clause const& clause : column.clauses) text += ' ' + clause.text;
    separator = ",\n    ";
  }
  for (constraint_text const& constraint : table.constraints) {
    text += separator;
    text += constraint.text;
  }
  text += "\n)";
  if (table.strict) text += " STRICT";
  if (table.without_rowid) text += table.strict ? ", WITHOUT ROWID" : " WITHOUT ROWID";
  return text;
}

}  // namespace forge_db::migration::detail

#include <forge_db/migration/detail/table_parser.hpp>  // IWYU pragma: export
