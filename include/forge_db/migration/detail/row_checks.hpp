// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/quoting.hpp>
#include <forge_db/migration/table_def.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration::detail {

/// The first value of a query over rows; 0 when the query does not fit the database. A plan asks about tables as they
/// will be, and rows that cannot exist yet need no check.
inline std::int64_t count_rows(sqlite::connection& rows, std::string const& query) {
  try {
    auto found = rows.prepare_once(query);
    return found.step() ? found.int64(0) : 0;
  } catch (sql_error const&) {
    return 0;
  }
}

inline std::int64_t rows_of(sqlite::connection& rows, std::string const& table) {
  return count_rows(rows, "select count(*) from " + quoted_name(table));
}

inline bool has_rows(sqlite::connection& rows, std::string const& table) {
  return count_rows(rows, "select exists (select 1 from " + quoted_name(table) + ")") != 0;
}

inline std::int64_t null_rows(sqlite::connection& rows, std::string const& table, std::string const& column) {
  return count_rows(rows, "select count(*) from " + quoted_name(table) + " where " + quoted_name(column) + " is null");
}

/// Rows that a unique key over `items`, which are SQL, would refuse. NULLs never collide.
inline std::int64_t duplicate_rows(sqlite::connection& rows, std::string const& table,
                                   std::vector<std::string> const& items, std::string const& where = {}) {
  std::string filter;
  std::string list;
  for (std::string const& item : items) {
    filter += (filter.empty() ? "" : " and ") + item + " is not null";
    list += (list.empty() ? "" : ", ") + item;
  }
  if (!where.empty()) filter += " and (" + where + ")";
  return count_rows(rows, "select coalesce(sum(n - 1), 0) from (select count(*) as n from " + quoted_name(table) +
                              " where " + filter + " group by " + list + " having count(*) > 1)");
}

inline std::vector<std::string> quoted_names(std::vector<std::string> names) {
  for (std::string& name : names) name = quoted_name(name);
  return names;
}

/// Rows that a STRICT table would refuse for this column.
inline std::int64_t rows_of_other_types(sqlite::connection& rows, std::string const& table, column_def const& column) {
  std::string const type = folded(column.sqlite_type);
  if (type == "any") return 0;
  std::string const good = type == "real"   ? "'real', 'integer'"
                           : type == "text" ? "'text', 'integer', 'real'"
                           : type == "blob" ? "'blob'"
                                            : "'integer'";
  return count_rows(rows, "select count(*) from " + quoted_name(table) + " where typeof(" + quoted_name(column.name) +
                              ") not in ('null', " + good + ")");
}

inline std::int64_t rows_failing(sqlite::connection& rows, std::string const& table, std::string const& check) {
  return count_rows(rows, "select count(*) from " + quoted_name(table) + " where not (" + check + ")");
}

/// `from ... where ...` over the rows `c` of a table whose key names no parent. A join, so that SQLite makes an index
/// for it where the parent has none.
inline std::string from_orphans(std::string const& table, foreign_key_def const& key,
                                std::vector<std::string> const& parent_columns) {
  std::string filter;
  std::string match;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    filter += "c." + quoted_name(key.columns[i]) + " is not null and ";
    if (i < parent_columns.size())
      match += (i == 0 ? "p." : " and p.") + quoted_name(parent_columns[i]) + " = c." + quoted_name(key.columns[i]);
  }
  return " from " + quoted_name(table) + " c left join " + quoted_name(key.ref_table) + " p on " + match + " where " +
         filter + "p." + quoted_name(parent_columns.empty() ? std::string{} : parent_columns[0]) + " is null";
}

/// Rows whose key names no parent.
inline std::int64_t orphan_rows(sqlite::connection& rows, std::string const& table, foreign_key_def const& key,
                                std::vector<std::string> const& parent_columns) {
  return count_rows(rows, "select count(*)" + from_orphans(table, key, parent_columns));
}

inline std::string count_text(std::int64_t count, std::string const& what) {
  return std::to_string(count) + (count == 1 ? " row " : " rows ") + what;
}

}  // namespace forge_db::migration::detail
