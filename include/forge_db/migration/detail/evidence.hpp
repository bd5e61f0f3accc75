// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/quoting.hpp>
#include <forge_db/migration/live_schema.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration::detail {

/// 64 bits of FNV-1a, finished by a mixer so that sums of many of them stay well spread.
class value_hash {
 public:
  void add(void const* data, std::size_t size) {
    auto const* bytes = static_cast<unsigned char const*>(data);
    for (std::size_t i = 0; i < size; ++i) state_ = (state_ ^ bytes[i]) * 0x100000001b3ULL;
  }
  void add(std::uint64_t value) { add(&value, sizeof value); }

  /// The value with its storage class and every byte: 1, 1.0 and '1' are three values, and so are '' and NULL.
  void add(sqlite::statement const& row, int column) {
    auto const kind = row.kind(column);
    add(static_cast<std::uint64_t>(kind));
    if (kind == value_kind::integer) {
      add(static_cast<std::uint64_t>(row.int64(column)));
    } else if (kind == value_kind::real) {
      double const value = row.float64(column);
      add(&value, sizeof value);
    } else if (kind != value_kind::null) {
      auto const bytes = row.blob(column);
      add(bytes.size());
      add(bytes.data(), bytes.size());
    }
  }

  std::uint64_t value() const {
    std::uint64_t x = state_;
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

/// What a table holds: its rows, and per column a sum of hashes over (row's identity, value). The order of the rows
/// does not count, a value that moved to another row does.
struct table_digest {
  std::int64_t rows = 0;
  std::vector<std::uint64_t> columns{};

  friend bool operator==(table_digest const&, table_digest const&) = default;
};

/// The name under which the implicit rowid can be read and written, also in `copy`; empty when there is none.
inline std::string rowid_name(live_table const& table, table_text const* copy = nullptr) {
  if (table.without_rowid) return {};
  for (char const* name : {"rowid", "_rowid_", "oid"})
    if (table.find_column(name) == nullptr && (copy == nullptr || copy->find_column(name) == nullptr)) return name;
  return {};
}

/// What identifies a row of `table`: its rowid, or its key.
inline std::vector<std::string> row_identity(live_table const& table) {
  if (std::string rowid = rowid_name(table); !rowid.empty()) return {std::move(rowid)};
  if (live_column const* alias = table.rowid_alias()) return {alias->name};
  return table.primary_key();
}

/// Digests the expressions in `columns` over the rows of `table`; `identity` as of row_identity, already SQL.
inline table_digest digest(sqlite::connection& connection, std::string const& table,
                           std::vector<std::string> const& identity, std::vector<std::string> const& columns) {
  std::string list;
  for (auto const* part : {&identity, &columns})
    for (std::string const& each : *part) list += (list.empty() ? "" : ", ") + each;
  table_digest result;
  result.columns.resize(columns.size());
  auto rows = connection.prepare_once("select " + (list.empty() ? "1" : list) + " from " + quoted_name(table) + " t");
  while (rows.step()) {
    ++result.rows;
    value_hash key;
    int at = 0;
    for (; at < static_cast<int>(identity.size()); ++at) key.add(rows, at);
    for (std::uint64_t& sum : result.columns) {
      value_hash cell = key;
      cell.add(rows, at++);
      sum += cell.value();
    }
  }
  return result;
}

inline std::vector<std::string> qualified(std::vector<std::string> const& names) {
  std::vector<std::string> all;
  all.reserve(names.size());
  for (std::string const& name : names) all.push_back("t." + quoted_name(name));
  return all;
}

inline table_digest digest(sqlite::connection& connection, live_table const& table) {
  std::vector<std::string> columns;
  for (live_column const& each : table.columns) columns.push_back(each.name);
  return digest(connection, table.name, qualified(row_identity(table)), qualified(columns));
}

/// Other tables whose rows a DELETE on one of `tables` could reach through foreign keys.
inline std::vector<std::string> tables_reaching(live_schema const& schema, std::vector<std::string> const& tables) {
  std::vector<std::string> reached;
  reached.reserve(tables.size());
  for (std::string const& table : tables) reached.push_back(folded(table));
  for (std::size_t i = 0; i < reached.size(); ++i)
    for (auto const& [name, each] : schema.tables)
      for (live_foreign_key const& key : each.foreign_keys)
        if (folded(key.ref_table) == reached[i] && std::find(reached.begin(), reached.end(), name) == reached.end())
          reached.push_back(name);
  return {reached.begin() + static_cast<std::ptrdiff_t>(tables.size()), reached.end()};
}

/// Violations of one foreign key as (hash of key values -> how often). Compared by values and not by rows, since
/// `foreign_key_check` has none for WITHOUT ROWID tables and raises when the parent has no unique key.
using violations = std::map<std::uint64_t, std::int64_t>;

inline void add_violations(sqlite::connection& connection, live_schema const& schema, live_table const& child,
                           live_foreign_key const& key, violations& all) {
  live_table const* parent = schema.find_table(key.ref_table);
  std::string filter;
  std::string match;
  std::string unmatched;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    filter += (i == 0 ? "t." : " and t.") + quoted_name(key.columns[i]) + " is not null";
    if (parent == nullptr || i >= key.ref_columns.size() || parent->find_column(key.ref_columns[i]) == nullptr)
      continue;
    unmatched = "p." + quoted_name(key.ref_columns[i]);
    match += (match.empty() ? "" : " and ") + unmatched + " = t." + quoted_name(key.columns[i]);
  }
  std::string sql = "select ";
  for (std::string const& name : qualified(key.columns)) sql += name + ", ";
  sql += "1 from " + quoted_name(child.name) + " t";
  // A join, and not NOT EXISTS: SQLite makes an index for it where the parent has none.
  if (!match.empty()) sql += " left join " + quoted_name(key.ref_table) + " p on " + match;
  sql += " where " + filter;
  if (!match.empty()) sql += " and " + unmatched + " is null";
  auto rows = connection.prepare_once(sql);
  while (rows.step()) {
    value_hash hash;
    for (std::string const* name : {&child.name, &key.ref_table}) {
      std::string const text = folded(*name);
      hash.add(text.data(), text.size());
    }
    for (std::string const& name : key.columns) hash.add(name.data(), name.size());
    for (int column = 0; column + 1 < rows.column_count(); ++column) hash.add(rows, column);
    ++all[hash.value()];
  }
}

/// All violations of keys from or to one of `tables`.
inline violations violations_around(sqlite::connection& connection, live_schema const& schema,
                                    std::vector<std::string> const& tables) {
  auto const listed = [&](std::string const& name) {
    return std::any_of(tables.begin(), tables.end(), [&](auto const& each) { return same_name(each, name); });
  };
  violations all;
  for (auto const& [name, each] : schema.tables)
    for (live_foreign_key const& key : each.foreign_keys)
      if (listed(each.name) || listed(key.ref_table)) add_violations(connection, schema, each, key, all);
  return all;
}

}  // namespace forge_db::migration::detail
