// SPDX-License-Identifier: MIT
#pragma once

// Short words for the definitions that migration tests need, a database to try them on, and digests of what is in it.

#include <forge_db/migration/migration.hpp>

#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace migration_test {

using namespace forge_db::migration;  // NOLINT(google-build-using-namespace): a test's own vocabulary
using forge_db::sqlite::connection;

inline column_def column(std::string name, std::string type, std::string sqlite_type, bool nullable = false) {
  return {std::move(name), std::move(type), std::move(sqlite_type), "text", nullable};
}
inline column_def text(std::string name) { return column(std::move(name), "text", "TEXT"); }
inline column_def text_or_null(std::string name) { return column(std::move(name), "text", "TEXT", true); }
inline column_def integer(std::string name) { return column(std::move(name), "int64", "INTEGER"); }
inline column_def integer_or_null(std::string name) { return column(std::move(name), "int64", "INTEGER", true); }
inline column_def with_default(column_def each, std::string sql) {
  each.sqlite_default = each.postgres_default = std::move(sql);
  return each;
}

inline foreign_key_def references(std::string column, std::string table, std::string on_delete) {
  return {"fk_" + column, {std::move(column)}, std::move(table), {"id"}, std::move(on_delete)};
}

/// A list with one migration for each group of operations; its final state is what they add up to.
inline list make_list(std::string schema, std::vector<std::vector<operation>> groups) {
  list all{std::move(schema)};
  int version = 0;
  for (auto& group : groups) {
    ++version;
    all.migrations.push_back(
        {version, "step " + std::to_string(version), "hash of " + std::to_string(version), {}, {}, std::move(group)});
  }
  detail::history const past{all};
  std::size_t count = 0;
  for (auto const& each : all.migrations) count += each.operations.size();
  if (count == 0) return all;
  detail::replayed_schema const last = past.after(count - 1);
  for (auto const& [name, table] : last.tables) all.tables.push_back(table);
  for (auto const& [name, index] : last.indexes) all.indexes.push_back(index);
  for (auto const& [name, view] : last.views) all.views.push_back(view);
  for (auto const& [name, trigger] : last.triggers) all.triggers.push_back(trigger);
  return all;
}

inline connection memory() { return connection::open(":memory:"); }

/// A path in a directory of its own, which goes away with the object.
class scratch_file {
 public:
  scratch_file() {
    std::string pattern = (std::filesystem::temp_directory_path() / "forge_db_XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  scratch_file(scratch_file const&) = delete;
  scratch_file& operator=(scratch_file const&) = delete;
  ~scratch_file() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  std::string path() const { return (directory_ / "test.db").string(); }

 private:
  std::filesystem::path directory_;
};

/// The first row's columns, joined by "|"; further rows on lines of their own.
inline std::string query(connection& database, std::string const& sql) {
  auto rows = database.prepare_once(sql);
  std::string all;
  while (rows.step()) {
    if (!all.empty()) all += '\n';
    for (int i = 0; i < rows.column_count(); ++i) {
      if (i != 0) all += '|';
      all += rows.is_null(i) ? "NULL" : std::string{rows.text(i)};
    }
  }
  return all;
}

/// Everything that the database holds, ForgeDB's own tables too: texts of the schema, and all rows of all tables.
inline std::string contents(connection& database) {
  std::string all = query(database, "select type, name, tbl_name, sql from sqlite_schema order by type, name");
  for (auto const& [name, table] : introspect(database).tables)
    all += "\n-- " + name + "\n" + query(database, "select * from " + detail::quoted_name(table.name) + " order by 1");
  return all;
}

inline report upgrade(connection& database, list const& schema, observer* watcher = nullptr) {
  return runner{database}.upgrade({&schema}, watcher);
}

/// The message of the exception that `work` throws.
template <class Work>
std::string failure_of(Work const& work) {
  try {
    work();
  } catch (std::exception const& failure) {
    return failure.what();
  }
  return "no failure";
}

}  // namespace migration_test
