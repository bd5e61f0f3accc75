// SPDX-License-Identifier: MIT
#pragma once

// One table, a change of it that SQLite can only make by a rebuild, and a database that stands before that change.

#include "migration/schema_builders.hpp"

#include <string>

namespace migration_test {

inline table_def books() {
  return {.name = "books", .columns = {integer("id"), text("title"), integer_or_null("score")}, .primary_key = {"id"}};
}

/// The same table with a second column that takes NULL.
inline table_def relaxed(table_def table = books()) {
  table.columns[1].nullable = true;
  return table;
}

/// A table, made by the first migration, is changed by the second one.
inline list changed(table_def const& before, table_def const& after) {
  return make_list("library", {{create_table{before}}, {alter_table{before, after}}});
}
inline list changed(table_def const& before = books()) { return changed(before, relaxed(before)); }

inline void begin_at_first_version(connection& database, std::string const& script, table_def const& before = books()) {
  upgrade(database, make_list("library", {{create_table{before}}}));
  database.execute_script(script);
}

/// A database at the first version, filled by `script`.
inline connection at_first_version(std::string const& script, table_def const& before = books()) {
  auto database = memory();
  begin_at_first_version(database, script, before);
  return database;
}

/// A database that another program made with `script`.
inline connection adopted(std::string const& script) {
  auto database = memory();
  database.execute_script(script);
  return database;
}

}  // namespace migration_test
