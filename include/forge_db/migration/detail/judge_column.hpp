// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/future_compare.hpp>
#include <forge_db/migration/detail/judge_table.hpp>
#include <forge_db/migration/detail/row_checks.hpp>
#include <forge_db/migration/detail/table_edit.hpp>
#include <forge_db/migration/detail/verdict.hpp>
#include <forge_db/migration/statements.hpp>

#include <sqlite3.h>

#include <optional>
#include <string>

namespace forge_db::migration::detail {

inline verdict missing_table(std::string const& table) {
  return refused("table " + table, "the table", "no such table", "restore it, or correct the migration");
}

inline verdict unreadable(live_table const& table) {
  return refused("table " + table.name, "a CREATE TABLE text that ForgeDB can read", "another text",
                 "rebuild the table by hand, or report its text as a bug");
}

/// Why SQLite's ADD COLUMN would refuse this column; empty when it takes it.
inline std::string why_not_native(column_def const& column, bool references) {
  if (column.generated) return column.generated->stored ? "ADD COLUMN takes no STORED column" : "";
  default_kind const kind = column.sqlite_default ? kind_of_default(*column.sqlite_default) : default_kind::none;
  if (kind == default_kind::clock || kind == default_kind::expression) return "ADD COLUMN takes constant defaults only";
  if (!column.nullable && kind == default_kind::none) return "ADD COLUMN needs a default for NOT NULL";
  if (references && kind != default_kind::none) return "ADD COLUMN takes no default beside a foreign key";
  return {};
}

/// A column that no row could fill.
inline std::optional<verdict> refuse_unfilled(scene const& at, std::string const& table, column_def const& column) {
  if (column.generated && !column.nullable) {
    std::string const expression{without_brackets(column.generated->sqlite)};
    auto const rows =
        count_rows(at.rows, "select count(*) from " + quoted_name(table) + " where (" + expression + ") is null");
    if (rows == 0) return std::nullopt;
    return refused("column " + table + "." + column.name, "no NULL from its expression, since it refuses NULL",
                   count_text(rows, "with NULL"), "make it nullable, or correct the rows by a data step before");
  }
  if (column.generated) return std::nullopt;
  bool const none = !column.sqlite_default || kind_of_default(*column.sqlite_default) == default_kind::none;
  if (column.nullable || !none || !has_rows(at.rows, table)) return std::nullopt;
  return refused("column " + table + "." + column.name, "a default, since the column refuses NULL",
                 count_text(rows_of(at.rows, table), "that it would have to fill"),
                 "give it a default, or add it as nullable, fill it by a data step and make it NOT NULL afterwards");
}

inline verdict judge(scene const& at, add_column const& op) {
  table_future const future = at.past.future_of_table(at.at, op.table);
  live_table const* table = find_live(future, at.live);
  if (table == nullptr) return future.dropped ? already() : missing_table(op.table);
  bool exists = false;
  for (table_version const& version : future.versions)
    if (column_def const* now = version.column(op.column.name)) exists |= table->find_column(now->name) != nullptr;
  if (exists) {
    std::vector<difference> ours;
    for (difference& each : lasting_differences(future, *table))
      if (same_name(each.element, op.column.name)) ours.push_back(std::move(each));
    std::erase_if(ours, [&](difference const& each) {
      return !op.references &&
             (each.kind == difference_kind::missing_foreign_key || each.kind == difference_kind::foreign_key);
    });
    return judged(std::move(ours));
  }
  if (!same_name(table->name, op.table)) return missing_table(op.table);
  if (auto no = refuse_unfilled(at, op.table, op.column)) return *no;
  std::string const reason = why_not_native(op.column, op.references.has_value());
  if (reason.empty()) return native(add_column_sql(op.table, op.column, op.references, dialect::sqlite), op.table);
  if (!table->text) return unreadable(*table);
  table_text target = *table->text;
  add_column_to(target, op.column, op.references);
  return rebuilding(table->name, std::move(target), reason);
}

inline verdict judge(scene const& at, rename_column const& op) {
  table_future const future = at.past.future_of_table(at.at, op.table);
  live_table const* table = find_live(future, at.live);
  if (table == nullptr) return future.dropped ? already() : missing_table(op.table);
  bool const from = table->find_column(op.from) != nullptr;
  bool const to = table->find_column(op.to) != nullptr;
  std::string const object = "column " + op.table + "." + op.from;
  if (from && to)
    return refused(object, "one of " + op.from + " and " + op.to, "both", "drop the one that is not wanted");
  if (auto no = from ? refuse_broken_view(at) : std::nullopt) return *no;
  if (from) return native(statements(op, dialect::sqlite)[0], op.table);
  bool gone = false;
  for (table_version const& version : future.versions) {
    column_def const* now = version.column(op.to);
    gone |= now == nullptr || table->find_column(now->name) != nullptr;
  }
  if (gone) return already();
  return refused(object, "the column, or " + op.to, "neither", "restore the column, or correct the migration");
}

/// Whether SQLite's DROP COLUMN takes the column and nothing else suffers: it kills `UPDATE OF` triggers silently.
inline std::string why_not_native_drop(scene const& at, live_table const& table, std::string const& column) {
  if (sqlite3_libversion_number() < 3035000) return "DROP COLUMN needs SQLite 3.35";
  for (live_foreign_key const& key : table.foreign_keys)
    for (std::string const& name : key.columns)
      if (same_name(name, column)) return "DROP COLUMN refuses columns of foreign keys";
  for (live_object const& trigger : at.live.triggers)
    if (mentions(trigger.sql, column)) return "a trigger may name the column";
  for (live_object const& view : at.live.views)
    if (mentions(view.sql, column)) return "a view may name the column";
  if (refuse_broken_view(at)) return "DROP COLUMN stops at a view or trigger that does not work";
  return {};
}

/// What is lost with a column; empty when no row has a value in it.
inline std::string values_of(scene const& at, live_table const& table, std::string const& column) {
  auto const values =
      count_rows(at.rows, "select count(t." + quoted_name(column) + ") from " + quoted_name(table.name) + " t");
  return values == 0 ? std::string{}
                     : std::to_string(values) + (values == 1 ? " value" : " values") + " of column " + table.name +
                           "." + column;
}

/// Why a column must stay, or nothing.
inline std::optional<verdict> refuse_needed(scene const& at, live_table const& table, std::string const& column) {
  std::string const object = "column " + table.name + "." + column;
  for (live_object const& trigger : at.live.triggers)
    if (same_name(trigger.table, table.name))
      for (std::string const& name : event_of(trigger.sql).columns)
        if (same_name(name, column))
          return refused(object, "no trigger that fires at its updates", "trigger " + trigger.name,
                         "drop the trigger, or make it again without the column, before");
  for (live_index const& index : table.indexes)
    if (index.origin == 'c' && mentions(index.sql.substr(index.sql.find('(')), column))
      return refused(object, "no index that uses it", "index " + index.name, "drop the index in an earlier operation");
  for (auto const& [name, other] : at.live.tables)
    for (live_foreign_key const& key : other.foreign_keys)
      for (std::string const& parent : key.ref_columns)
        if (same_name(key.ref_table, table.name) && same_name(parent, column))
          return refused(object, "no foreign key that references it", "one of " + other.name,
                         "drop the foreign key first");
  return std::nullopt;
}

inline verdict judge(scene const& at, drop_column const& op) {
  table_future const future = at.past.future_of_table(at.at, op.table);
  live_table const* table = find_live(future, at.live);
  if (table == nullptr) return future.dropped ? already() : missing_table(op.table);
  std::string const& name = op.column.name;
  live_column const* found = table->find_column(name);
  if (found == nullptr) return already();
  for (table_version const& later : future.versions)  // dropped and added again: is this the later one?
    if (column_def const* again = find_column(later.table, name))
      if (same_type(*again, found->type) && !same_type(op.column, found->type)) return already();
  if (auto no = refuse_needed(at, *table, name)) return *no;
  std::string const object = "column " + op.table + "." + name;
  if (found->key_position != 0)
    return refused(object, "a column outside the primary key", "a key column", "change the key by alter_table");
  if (!table->text) return unreadable(*table);
  table_text target = *table->text;
  bool const unique =
      target.find_column(name) != nullptr && target.find_column(name)->find(clause_kind::unique) != nullptr;
  remove_column(target, name);
  if (unique || still_names(target, name))
    return refused(object, "no constraint that uses it", "a unique, check or key",
                   "drop the constraint by alter_table first");
  std::string const reason = why_not_native_drop(at, *table, name);
  verdict answer = reason.empty() ? native(statements(op, dialect::sqlite)[0], op.table)
                                  : rebuilding(table->name, std::move(target), reason);
  answer.destroys = values_of(at, *table, name);
  return answer;
}

}  // namespace forge_db::migration::detail
