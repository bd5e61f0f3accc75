// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/judge_alter.hpp>

#include <string>
#include <vector>

// What alter_table does to constraints, the key and the options of a table.
namespace forge_db::migration::detail {

inline void alter_judge::drop(foreign_key_def const& key) {
  live_foreign_key const* found = find_foreign_key(table_, key.columns);
  if (found == nullptr || !matches(key, *found)) return;  // a changed key: judged where the new one is added
  remove_foreign_key(target_, key.columns);
  rebuild_because("SQLite has no statement that drops a foreign key");
}

inline void alter_judge::drop(unique_def const& unique) {
  if (!is_due(difference_kind::extra_unique, unique_element(unique.columns))) return;
  remove_unique(target_, unique.columns);
  rebuild_because("SQLite has no statement that drops a UNIQUE constraint");
}

inline void alter_judge::drop(check_def const& check) {
  if (!is_due(difference_kind::extra_check, normalised(without_brackets(check.expression)))) return;
  remove_check(target_, check.expression);
  rebuild_because("this SQLite has no statement that drops a CHECK");
}

inline void alter_judge::add(unique_def const& unique) {
  if (!is_due(difference_kind::missing_unique, unique_element(unique.columns))) return;
  if (auto const rows = duplicate_rows(at_.rows, table_.name, quoted_names(unique.columns)); rows != 0)
    refuse("table " + table_.name, "unique values of " + joined(unique.columns),
           count_text(rows, "repeating earlier ones"), "make them unique by a data step in an earlier migration");
  target_.constraints.push_back({constraint_kind::unique, unique.columns, {}, unique_sql(unique)});
  rebuild_because("SQLite has no statement that adds a UNIQUE constraint");
}

inline void alter_judge::add(foreign_key_def const& key) {
  live_foreign_key const* found = find_foreign_key(table_, key.columns);
  if (found != nullptr && !is_due(difference_kind::foreign_key, joined(key.columns))) return;
  if (found == nullptr && find(lasting_, difference_kind::missing_foreign_key, joined(key.columns)) == nullptr &&
      find(after_, difference_kind::missing_foreign_key, joined(key.columns)) == nullptr)
    return;
  live_table const* parent = at_.live.find_table(key.ref_table);
  std::vector<std::string> const parents =
      key.ref_columns.empty() && parent != nullptr ? parent->primary_key() : key.ref_columns;
  if (auto const rows = orphan_rows(at_.rows, table_.name, key, parents); rows != 0 && found == nullptr)
    refuse("table " + table_.name, "a row of " + key.ref_table + " for every " + joined(key.columns),
           count_text(rows, "without one"), "clear or delete them by a data step in an earlier migration");
  remove_foreign_key(target_, key.columns);
  target_.constraints.push_back({constraint_kind::foreign_key, key.columns, {}, foreign_key_sql(key)});
  rebuild_because("SQLite has no statement that adds or changes a foreign key");
}

inline void alter_judge::add(check_def const& check) {
  if (!is_due(difference_kind::missing_check, normalised(check.expression))) return;
  if (auto const rows = rows_failing(at_.rows, table_.name, check.expression); rows != 0)
    refuse("table " + table_.name, "rows that pass CHECK (" + check.expression + ")", count_text(rows, "failing it"),
           "correct them by a data step in an earlier migration");
  target_.constraints.push_back({constraint_kind::check, {}, check.expression, check_sql(check, dialect::sqlite)});
  rebuild_because("this SQLite has no statement that adds a CHECK");
}

inline void alter_judge::change_options() {
  if (is_due(difference_kind::strict, "")) {
    target_.strict = op_.after.strict;
    if (target_.strict) make_strict();
    rebuild_because("SQLite has no statement that makes a table STRICT");
  }
  if (is_due(difference_kind::without_rowid, "")) {
    target_.without_rowid = op_.after.without_rowid;
    rebuild_because("SQLite has no statement that changes WITHOUT ROWID");
  }
}

inline void alter_judge::make_strict() {
  for (column_def const& each : op_.after.columns) {
    column_text* column = target_.find_column(each.name);
    if (column == nullptr) continue;
    column->type = each.sqlite_type;
    if (auto const rows = rows_of_other_types(at_.rows, table_.name, each); rows != 0)
      refuse("column " + table_.name + "." + each.name, "values of type " + each.sqlite_type + " alone",
             count_text(rows, "with another one"), "convert them by a data step in an earlier migration");
  }
}

inline void alter_judge::change_key() {
  if (!is_due(difference_kind::primary_key, "") && !is_due(difference_kind::primary_key, "autoincrement")) return;
  set_primary_key(target_, op_.after);
  rebuild_because("SQLite has no statement that changes a primary key");
}

}  // namespace forge_db::migration::detail
