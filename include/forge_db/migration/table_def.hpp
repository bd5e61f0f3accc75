// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration {

/// A column whose value is computed, by an expression without the outer brackets. PostgreSQL 15 keeps the value in the
/// row whatever `stored` says.
struct generated_def {
  std::string sqlite;
  std::string postgres;
  bool stored = false;

  friend bool operator==(generated_def const&, generated_def const&) = default;
};

/// A column as a migration declares it. `type` is the logical type of the spec (text, int64, timestamp, ...), the two
/// others are what the dialects declare. Defaults are SQL expressions: `'open'`, `0`, `CURRENT_TIMESTAMP`. Collations
/// are names, empty for none: BINARY, NOCASE or RTRIM on SQLite.
struct column_def {
  std::string name;
  std::string type;
  std::string sqlite_type;
  std::string postgres_type;
  bool nullable = false;
  std::optional<std::string> sqlite_default{};
  std::optional<std::string> postgres_default{};
  std::string sqlite_collation{};
  std::string postgres_collation{};
  std::optional<generated_def> generated{};

  friend bool operator==(column_def const&, column_def const&) = default;
};

/// `on_delete` and `on_update`: no_action, cascade, set_null, set_default or restrict; empty means no_action.
/// Empty `ref_columns` mean the primary key of `ref_table`.
struct foreign_key_def {
  std::string name;
  std::vector<std::string> columns;
  std::string ref_table;
  std::vector<std::string> ref_columns;
  std::string on_delete{};
  std::string on_update{};

  friend bool operator==(foreign_key_def const&, foreign_key_def const&) = default;
};

struct unique_def {
  std::string name;
  std::vector<std::string> columns;

  friend bool operator==(unique_def const&, unique_def const&) = default;
};

/// `expression` is SQL without the outer parentheses and without table qualifiers, since a rebuilt table carries a
/// temporary name for a moment. Empty `postgres` means the same text.
struct check_def {
  std::string name;
  std::string expression;
  std::string postgres{};

  friend bool operator==(check_def const&, check_def const&) = default;
};

/// A column, or with an empty name an expression per dialect.
struct index_column {
  std::string name;
  bool descending = false;
  std::string expression_sqlite{};
  std::string expression_postgres{};
  std::string sqlite_collation{};
  std::string postgres_collation{};

  friend bool operator==(index_column const&, index_column const&) = default;
};

/// `where` is the predicate of a partial index, empty for a full one; empty `postgres_where` means the same text.
/// `include` names columns that are kept beside the key. SQLite has no INCLUDE: there they are appended to the key,
/// which a unique index must not have.
struct index_def {
  std::string name;
  std::string table;
  std::vector<index_column> columns;
  bool unique = false;
  std::string where{};
  std::string postgres_where{};
  std::vector<std::string> include{};

  friend bool operator==(index_def const&, index_def const&) = default;
};

/// A table without its indexes and triggers, which are operations of their own. `strict` and `without_rowid` are
/// SQLite's.
struct table_def {
  std::string name;
  std::vector<column_def> columns;
  std::vector<std::string> primary_key{};
  bool autoincrement = false;
  std::vector<unique_def> uniques{};
  std::vector<foreign_key_def> foreign_keys{};
  std::vector<check_def> checks{};
  bool strict = false;
  bool without_rowid = false;

  friend bool operator==(table_def const&, table_def const&) = default;
};

/// A view: the text of its SELECT, per dialect; a dialect without a text has no such view.
struct view_def {
  std::string name;
  std::string sqlite;
  std::string postgres;

  friend bool operator==(view_def const&, view_def const&) = default;
};

/// A trigger on a table or view: per dialect, what follows `CREATE TRIGGER name`, or nothing where it has none. For
/// SQLite that is `AFTER INSERT ON t BEGIN ...; END`. On PostgreSQL a trigger calls a function: `postgres_function` is
/// the body of one, in PL/pgSQL, that is made and dropped under the trigger's name together with it; empty when it
/// calls another one.
struct trigger_def {
  std::string name;
  std::string table;
  std::string sqlite;
  std::string postgres;
  std::string postgres_function{};

  friend bool operator==(trigger_def const&, trigger_def const&) = default;
};

/// A full-text index over a table: what follows `CREATE VIRTUAL TABLE name USING` on SQLite, where triggers keep it in
/// step, which are definitions of their own; and what follows `CREATE INDEX name ON` on PostgreSQL.
struct full_text_def {
  std::string name;
  std::string table;
  std::string sqlite;
  std::string postgres;

  friend bool operator==(full_text_def const&, full_text_def const&) = default;
};

}  // namespace forge_db::migration
