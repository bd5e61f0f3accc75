// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/quoting.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace forge_db::migration::detail {

using kept_value = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<std::byte>>;

inline kept_value keep_value(sqlite::statement const& row, int column) {
  switch (row.kind(column)) {
    case value_kind::integer:
      return row.int64(column);
    case value_kind::real:
      return row.float64(column);
    case value_kind::text:
      return std::string{row.text(column)};
    case value_kind::blob: {
      auto const bytes = row.blob(column);
      return std::vector<std::byte>(bytes.begin(), bytes.end());
    }
    case value_kind::null:
      break;
  }
  return std::monostate{};
}

inline void bind_value(sqlite::statement& statement, int index, kept_value const& value) {
  if (auto const* number = std::get_if<std::int64_t>(&value))
    statement.int64(index, *number);
  else if (auto const* real = std::get_if<double>(&value))
    statement.float64(index, *real);
  else if (auto const* text = std::get_if<std::string>(&value))
    statement.text(index, *text);
  else if (auto const* blob = std::get_if<std::vector<std::byte>>(&value))
    statement.blob(index, *blob);
  else
    statement.null(index);
}

inline bool has_system_table(sqlite::connection& connection, std::string const& name) {
  auto found = connection.prepare_once("select 1 from sqlite_schema where type = 'table' and name = " + literal(name));
  return found.step();
}

/// The rows of ANALYZE for one table. They vanish when the table is dropped, and plans get worse without them.
class kept_statistics {
 public:
  kept_statistics(sqlite::connection& connection, std::string const& table) : table_(table) {
    for (char const* name : {"sqlite_stat1", "sqlite_stat4"}) {
      if (!has_system_table(connection, name)) continue;
      auto rows = connection.prepare_once("select * from " + std::string{name} + " where tbl = " + literal(table) +
                                          " collate nocase");
      while (rows.step()) {
        kept_row row{name, {}};
        for (int column = 0; column < rows.column_count(); ++column) row.values.push_back(keep_value(rows, column));
        rows_.push_back(std::move(row));
      }
    }
  }

  /// Puts them back, but for indexes that are gone, and lets this connection read them.
  void restore(sqlite::connection& connection) const {
    if (rows_.empty()) return;
    for (char const* name : {"sqlite_stat1", "sqlite_stat4"})
      if (has_system_table(connection, name))
        connection.execute_script("delete from " + std::string{name} + " where tbl = " + literal(table_) +
                                  " collate nocase");
    for (kept_row const& row : rows_) {
      std::string places;
      for (std::size_t i = 0; i < row.values.size(); ++i) places += i == 0 ? "?" : ", ?";
      if (auto const* index = std::get_if<std::string>(&row.values[1]);
          index != nullptr && !names_index(connection, *index))
        continue;
      auto insert = connection.prepare_once("insert into " + row.table + " values (" + places + ")");
      for (std::size_t i = 0; i < row.values.size(); ++i) bind_value(insert, static_cast<int>(i) + 1, row.values[i]);
      insert.step();
    }
    connection.execute_script("analyze sqlite_schema");  // reads them, gathers nothing
  }

 private:
  struct kept_row {
    std::string table;
    std::vector<kept_value> values;
  };

  /// A WITHOUT ROWID table is its own index.
  bool names_index(sqlite::connection& connection, std::string const& index) const {
    if (same_name(index, table_)) return true;
    auto found =
        connection.prepare_once("select 1 from sqlite_schema where type = 'index' and name = " + literal(index));
    return found.step();
  }

  std::string table_;
  std::vector<kept_row> rows_;
};

/// The highest number that AUTOINCREMENT gave out. Without it a deleted id would be used again.
class kept_sequence {
 public:
  kept_sequence(sqlite::connection& connection, std::string const& table) : table_(table) {
    if (!has_system_table(connection, "sqlite_sequence")) return;
    auto row = connection.prepare_once("select seq from sqlite_sequence where name = " + literal(table));
    if (row.step()) last_ = row.int64(0);
  }

  void restore(sqlite::connection& connection) const {
    if (!last_) return;
    std::string const number = std::to_string(*last_);
    std::string const name = literal(table_);
    connection.execute_script("update sqlite_sequence set seq = max(seq, " + number + ") where name = " + name);
    connection.execute_script("insert into sqlite_sequence (name, seq) select " + name + ", " + number +
                              " where not exists (select 1 from sqlite_sequence where name = " + name + ")");
  }

  std::optional<std::int64_t> last() const { return last_; }

 private:
  std::string table_;
  std::optional<std::int64_t> last_{};
};

}  // namespace forge_db::migration::detail
