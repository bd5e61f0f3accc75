// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration {

/// A column as a migration declares it. `type` is the logical type of the spec (text, int64, timestamp, ...), the two
/// others are what the dialects declare. Defaults are SQL expressions: `'open'`, `0`, `CURRENT_TIMESTAMP`.
struct column_def {
  std::string name;
  std::string type;
  std::string sqlite_type;
  std::string postgres_type;
  bool nullable = false;
  std::optional<std::string> sqlite_default{};
  std::optional<std::string> postgres_default{};

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
/// temporary name for a moment.
struct check_def {
  std::string name;
  std::string expression;

  friend bool operator==(check_def const&, check_def const&) = default;
};

struct index_column {
  std::string name;
  bool descending = false;

  friend bool operator==(index_column const&, index_column const&) = default;
};

/// `where` is the predicate of a partial index, empty for a full one.
struct index_def {
  std::string name;
  std::string table;
  std::vector<index_column> columns;
  bool unique = false;
  std::string where{};

  friend bool operator==(index_def const&, index_def const&) = default;
};

/// A table without its indexes, which are operations of their own.
struct table_def {
  std::string name;
  std::vector<column_def> columns;
  std::vector<std::string> primary_key{};
  bool autoincrement = false;
  std::vector<unique_def> uniques{};
  std::vector<foreign_key_def> foreign_keys{};
  std::vector<check_def> checks{};

  friend bool operator==(table_def const&, table_def const&) = default;
};

}  // namespace forge_db::migration
