// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/table_def.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace forge_db::migration {

/// What a step in C++ did: rows changed, and lines for the report.
struct step_result {
  std::int64_t changed = 0;
  std::vector<std::string> notes{};
};

/// A step runs inside the transaction of its migration. It must be repeatable: on a database that another program made
/// it runs once although the work may be done, and a failed migration is run again from its start.
using step_function = std::function<step_result(sqlite::write_session&)>;

// Every operation is a plain value that holds enough to be reversed (reverse.hpp), described (describe.hpp) and written
// as SQL (ddl.hpp). Nothing here touches a database.

struct create_table {
  table_def table;
  friend bool operator==(create_table const&, create_table const&) = default;
};

/// Holds the whole table, so that it can be made again (without its rows).
struct drop_table {
  table_def table;
  friend bool operator==(drop_table const&, drop_table const&) = default;
};

struct rename_table {
  std::string from, to;
  friend bool operator==(rename_table const&, rename_table const&) = default;
};

struct add_column {
  std::string table;
  column_def column;
  std::optional<foreign_key_def> references{};
  friend bool operator==(add_column const&, add_column const&) = default;
};

struct drop_column {
  std::string table;
  column_def column;
  std::optional<foreign_key_def> references{};
  friend bool operator==(drop_column const&, drop_column const&) = default;
};

struct rename_column {
  std::string table, from, to;
  friend bool operator==(rename_column const&, rename_column const&) = default;
};

struct create_index {
  index_def index;
  friend bool operator==(create_index const&, create_index const&) = default;
};

struct drop_index {
  index_def index;
  friend bool operator==(drop_index const&, drop_index const&) = default;
};

/// Several changes of one table at once; on SQLite at most one rebuild. Columns are matched by name: a rename is an
/// operation of its own.
struct alter_table {
  table_def before, after;
  friend bool operator==(alter_table const&, alter_table const&) = default;
};

struct create_view {
  view_def view;
  friend bool operator==(create_view const&, create_view const&) = default;
};

/// Holds the whole view, so that it can be made again.
struct drop_view {
  view_def view;
  friend bool operator==(drop_view const&, drop_view const&) = default;
};

struct create_trigger {
  trigger_def trigger;
  friend bool operator==(create_trigger const&, create_trigger const&) = default;
};

struct drop_trigger {
  trigger_def trigger;
  friend bool operator==(drop_trigger const&, drop_trigger const&) = default;
};

struct create_full_text {
  full_text_def index;
  friend bool operator==(create_full_text const&, create_full_text const&) = default;
};

/// Holds the whole index, so that it can be made again.
struct drop_full_text {
  full_text_def index;
  friend bool operator==(drop_full_text const&, drop_full_text const&) = default;
};

/// Work in C++. Two steps are equal when their names and texts are: functions cannot be compared.
struct data_step {
  std::string name;
  std::string doc;
  step_function run{};
  friend bool operator==(data_step const& a, data_step const& b) { return a.name == b.name && a.doc == b.doc; }
};

/// Hand-written SQL, per dialect. Empty reverse texts mean that it cannot be reversed.
struct sql_step {
  std::string sqlite;
  std::string postgres;
  std::string reverse_sqlite{};
  std::string reverse_postgres{};
  friend bool operator==(sql_step const&, sql_step const&) = default;
};

using operation = std::variant<create_table, drop_table, rename_table, add_column, drop_column, rename_column,
                               create_index, drop_index, alter_table, create_view, drop_view, create_trigger,
                               drop_trigger, create_full_text, drop_full_text, data_step, sql_step>;

}  // namespace forge_db::migration
