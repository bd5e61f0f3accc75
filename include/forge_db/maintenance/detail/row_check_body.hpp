// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/date.hpp>
#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/core/uuid.hpp>
#include <forge_db/maintenance/detail/row_findings.hpp>
#include <forge_db/maintenance/row_check.hpp>
#include <forge_db/migration/detail/row_checks.hpp>
#include <forge_db/migration/introspect.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db {

inline std::string_view to_text(row_problem problem) {
  constexpr std::array<std::string_view, 7> words{"dangling_key",  "missing",  "wrong_type", "not_json",
                                                  "not_timestamp", "not_date", "not_uuid"};
  return words[static_cast<std::size_t>(problem)];
}

inline std::string describe(row_finding const& finding) {
  bool const one = finding.rows == 1;
  std::string text = finding.table + '.' + finding.column + ": " + std::to_string(finding.rows);
  if (finding.problem == row_problem::dangling_key)
    text += (one ? " row refers to no row of " : " rows refer to no row of ") + finding.expected;
  else
    text += (one ? " row does not hold " : " rows do not hold ") + finding.expected;
  for (std::size_t i = 0; i < finding.examples.size(); ++i) text += (i == 0 ? ": " : ", ") + finding.examples[i];
  if (static_cast<std::int64_t>(finding.examples.size()) < finding.rows && !finding.examples.empty())
    text += " and " + std::to_string(finding.rows - static_cast<std::int64_t>(finding.examples.size())) + " more";
  return text;
}

namespace detail {

/// What one column's values have to be: by the storage class that its SQLite type stands for, and by its logical type.
class column_rule {
 public:
  explicit column_rule(migration::column_def const& column) : column_(column) {
    std::string const type = migration::detail::folded(column.sqlite_type);
    kind_ = type == "text"   ? value_kind::text
            : type == "real" ? value_kind::real
            : type == "blob" ? value_kind::blob
                             : value_kind::integer;
  }

  std::string const& name() const { return column_.name; }

  std::optional<row_problem> problem_of(sqlite::column_value const& value) const {
    value_kind const found = value.kind();
    if (found == value_kind::null) return column_.nullable ? std::nullopt : std::optional{row_problem::missing};
    bool const widens = kind_ == value_kind::real && found == value_kind::integer;
    if (found != kind_ && !widens) return row_problem::wrong_type;
    if (found != value_kind::text) return std::nullopt;
    if (column_.type == "json" && find_json_error(value.text())) return row_problem::not_json;
    if (column_.type == "timestamp" && !parse_timestamp_lenient(value.text())) return row_problem::not_timestamp;
    if (column_.type == "date" && !parse_date(value.text())) return row_problem::not_date;
    if (column_.type == "uuid" && !parse_uuid(value.text())) return row_problem::not_uuid;
    return std::nullopt;
  }

  std::string expected(row_problem problem) const {
    if (problem == row_problem::missing) return "a value where one is required";
    if (problem == row_problem::not_json) return "JSON";
    if (problem == row_problem::not_timestamp) return "a time stamp";
    if (problem == row_problem::not_date) return "a date";
    if (problem == row_problem::not_uuid) return "a UUID";
    return kind_ == value_kind::text   ? "text"
           : kind_ == value_kind::real ? "a number"
           : kind_ == value_kind::blob ? "bytes"
                                       : "an integer";
  }

 private:
  migration::column_def const& column_;
  value_kind kind_;
};

/// The columns of one table that the database has, each row read once.
inline void check_columns(sqlite::connection& connection, migration::table_def const& table,
                          migration::live_table const& live, row_findings& into) {
  row_names const names{live};
  std::vector<column_rule> rules;
  std::string text = "select " + names.columns();
  for (migration::column_def const& each : table.columns) {
    if (live.find_column(each.name) == nullptr) continue;
    rules.emplace_back(each);
    text += ", c." + migration::detail::quoted_name(each.name);
  }
  auto row = connection.prepare_once(text + " from main." + migration::detail::quoted_name(live.name) + " c");
  while (row.step()) {
    int at = names.width();
    for (column_rule const& rule : rules)
      if (auto const problem = rule.problem_of(row.cell(at++)))
        into.add({table.name, rule.name(), *problem, rule.expected(*problem)}, row, {rule.name()});
  }
}

inline void check_key(sqlite::connection& connection, migration::live_schema const& schema,
                      migration::table_def const& table, migration::live_table const& live,
                      migration::foreign_key_def const& key, row_findings& into) {
  for (std::string const& each : key.columns)
    if (live.find_column(each) == nullptr) return;
  migration::live_table const* parent = schema.find_table(key.ref_table);
  if (parent == nullptr) return;
  auto const parent_columns = key.ref_columns.empty() ? parent->primary_key() : key.ref_columns;
  if (parent_columns.size() != key.columns.size()) return;
  for (std::string const& each : parent_columns)
    if (parent->find_column(each) == nullptr) return;
  std::string columns;
  for (std::string const& each : key.columns) columns += (columns.empty() ? "" : ", ") + each;
  auto row = connection.prepare_once("select " + row_names{live}.columns() +
                                     migration::detail::from_orphans(live.name, key, parent_columns));
  while (row.step()) into.add({table.name, columns, row_problem::dangling_key, key.ref_table}, row, key.columns);
}

/// A read transaction, unless one is open.
class one_moment {
 public:
  explicit one_moment(sqlite::connection& connection) : connection_(connection), mine_(!connection.in_transaction()) {
    if (mine_) connection_.begin_read();
  }
  one_moment(one_moment const&) = delete;
  one_moment& operator=(one_moment const&) = delete;
  ~one_moment() {
    if (mine_) connection_.rollback();
  }

 private:
  sqlite::connection& connection_;
  bool mine_;
};

}  // namespace detail

inline std::vector<row_finding> check_rows(sqlite::connection& connection,
                                           std::vector<migration::list const*> const& schemas) {
  std::vector<row_finding> all;
  detail::one_moment const moment{connection};
  migration::live_schema const live = migration::introspect(connection);
  for (migration::list const* schema : schemas) {
    for (migration::table_def const& table : schema->tables) {
      migration::live_table const* found = live.find_table(table.name);
      if (found == nullptr) continue;
      detail::row_findings findings{detail::row_names{*found}};
      detail::check_columns(connection, table, *found, findings);
      for (migration::foreign_key_def const& key : table.foreign_keys)
        detail::check_key(connection, live, table, *found, key, findings);
      std::move(findings.all().begin(), findings.all().end(), std::back_inserter(all));
    }
  }
  return all;
}

}  // namespace forge_db
