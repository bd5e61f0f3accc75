// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/dependants.hpp>
#include <forge_db/migration/detail/future_compare.hpp>
#include <forge_db/migration/detail/row_checks.hpp>
#include <forge_db/migration/detail/verdict.hpp>
#include <forge_db/migration/statements.hpp>

#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration::detail {

/// SQLite looks at every view and trigger before it renames anything, and stops at the first that does not work.
inline std::optional<verdict> refuse_broken_view(scene const& at) {
  auto const broken = broken_dependants(at.schema, at.live);
  if (broken.empty()) return std::nullopt;
  std::string objects, reasons;
  for (auto const& [object, reason] : broken) {
    objects += (objects.empty() ? "" : ", ") + object;
    reasons += (reasons.empty() ? "" : ", ") + reason;
  }
  bool const one = broken.size() == 1;
  return refused(objects, one ? "one that works" : "ones that work", reasons,
                 std::string{"repair or drop "} + (one ? "it" : "them") + ", since SQLite renames nothing beside it");
}

/// The table that an interrupted rebuild of another program left behind: it may hold the only copy of the rows.
inline live_table const* find_leftover(scene const& at, std::string const& table) {
  for (std::string const& name :
       {"_forge_new_" + table, table + "_new", "new_" + table, "_alembic_tmp_" + table, table + "_old"})
    if (live_table const* found = at.live.find_table(name); found != nullptr && has_rows(at.rows, name)) return found;
  return nullptr;
}

/// By anything but a table.
inline bool is_name_taken(live_schema const& live, std::string const& name) {
  for (live_object const& view : live.views)
    if (same_name(view.name, name)) return true;
  for (std::string const& other : live.others)
    if (same_name(other, name)) return true;
  return live.find_index(name) != nullptr;
}

inline verdict judge(scene const& at, create_table const& op) {
  table_future const future = at.past.future_of_table(at.at, op.table.name);
  if (live_table const* found = find_live(future, at.live)) return judged(lasting_differences(future, *found));
  std::string const object = "table " + op.table.name;
  if (is_name_taken(at.live, op.table.name))
    return refused(object, "no other object of this name", "a view, virtual table or index",
                   "rename or drop that object");
  if (live_table const* rest = find_leftover(at, op.table.name))
    return refused(object, "the table, or no trace of it",
                   "no such table but " + rest->name + " with " + count_text(rows_of(at.rows, rest->name), "in it") +
                       ", as an interrupted rebuild of another program leaves it",
                   "look at these rows, then run ALTER TABLE " + quoted_name(rest->name) + " RENAME TO " +
                       quoted_name(op.table.name) + " or drop the left-over table");
  return native(create_table_sql(op.table, dialect::sqlite), op.table.name, "the table does not exist");
}

inline verdict judge(scene const& at, drop_table const& op) {
  live_table const* found = at.live.find_table(op.table.name);
  if (found == nullptr) return already();
  if (at.past.made_again(at.at, op.table.name)) {
    for (difference const& each : compare_table(op.table, *found))
      if (!is_acceptable(each.kind)) return already();  // this is the later table of that name
    if (has_rows(at.rows, op.table.name))
      return refused("table " + op.table.name, "a table that can be told from the one made later under its name",
                     count_text(rows_of(at.rows, op.table.name), "in a table that could be either"),
                     "give the later table a name of its own");
  }
  for (auto const& [name, other] : at.live.tables)
    for (live_foreign_key const& key : other.foreign_keys)
      if (&other != found && same_name(key.ref_table, op.table.name))
        return refused("table " + op.table.name, "no other table that references it",
                       "a foreign key of " + other.name + " (" + joined(key.columns) + ")",
                       "drop that foreign key or table in an earlier operation");
  verdict answer = native("DROP TABLE " + quoted_name(op.table.name), op.table.name, "no table references it");
  if (has_rows(at.rows, op.table.name))
    answer.destroys = count_text(rows_of(at.rows, op.table.name), "of table " + op.table.name);
  return answer;
}

inline verdict judge(scene const& at, rename_table const& op) {
  table_future const future = at.past.future_of_table(at.at, op.to);
  live_table const* from = at.live.find_table(op.from);
  live_table const* to = find_live(future, at.live);
  if (to != nullptr && to == from) to = at.live.find_table(op.to);  // renamed back later
  std::string const object = "table " + op.from;
  if (from == nullptr) {
    if (to != nullptr || future.dropped) return already();
    return refused(object, "the table, or " + op.to, "neither", "restore the table, or correct the migration");
  }
  if (to != nullptr) {
    if (at.past.made_again(at.at, op.from)) return already();
    return refused(object, "one of " + op.from + " and " + op.to, "both", "drop or rename the one that is not wanted");
  }
  if (is_name_taken(at.live, op.to))
    return refused("table " + op.to, "no other object of this name", "a view, virtual table or index",
                   "rename or drop it");
  if (auto no = refuse_broken_view(at)) return *no;
  return native(statements(op, dialect::sqlite)[0], op.from);
}

/// The engine's words about a statement that it does not understand; empty when it does.
inline std::string why_not_prepared(sqlite::connection& connection, std::string const& statement) {
  try {
    connection.prepare_once(statement);
    return {};
  } catch (sql_error const& failure) {
    return failure.context().engine_message;
  }
}

/// Why the index cannot be made on the tables that exist; empty when it can.
inline std::optional<verdict> refuse_unfounded(scene const& at, index_def const& index) {
  std::string const object = "index " + index.name;
  live_table const* table = at.live.find_table(index.table);
  if (table == nullptr)
    return refused(object, "table " + index.table, "no such table", "create the table in an earlier operation");
  std::vector<std::string> names = index.include;
  for (index_column const& each : index.columns)
    if (!each.name.empty()) names.push_back(each.name);
  for (std::string const& name : names)
    if (table->find_column(name) == nullptr)
      return refused(object, "column " + index.table + "." + name, "no such column",
                     "add the column in an earlier operation");
  for (index_column const& each : index.columns)
    if (std::string const reason =
            each.name.empty()
                ? why_not_prepared(at.schema, "select " + each.expression_sqlite + " from " + quoted_name(table->name))
                : std::string{};
        !reason.empty())
      return refused(object, "an expression over columns of " + index.table, reason, "correct the expression");
  return std::nullopt;
}

inline verdict judge(scene const& at, create_index const& op) {
  std::vector<index_def> const versions = at.past.future_of(&replayed_schema::indexes, at.at, op.index.name);
  if (live_index const* found = at.live.find_index(op.index.name)) {
    for (index_def const& version : versions)
      if (compare_index(version, *found).empty()) return already();
    return conflict(compare_index(op.index, *found).front());
  }
  index_def const* index = &op.index;
  if (auto no = refuse_unfounded(at, op.index)) {  // or the table has moved on: renamed, its columns renamed or dropped
    if (at.past.is_dropped(&replayed_schema::indexes, at.at, op.index.name)) return already();
    index = &versions.back();
    if (*index == op.index || refuse_unfounded(at, *index)) return *no;
  }
  if (index->unique && !index->include.empty())
    return refused("index " + index->name, "no columns beside the key of a unique index", joined(index->include),
                   "SQLite would make them part of the key; leave them out for it");
  std::vector<std::string> items, words;
  for (index_column each : index->columns) {
    each.descending = false;
    items.push_back(index_column_sql(each, dialect::sqlite));
    words.push_back(each.name.empty() ? each.expression_sqlite : each.name);
  }
  if (index->unique)
    if (auto const rows = duplicate_rows(at.rows, index->table, items, index->where); rows != 0)
      return refused("index " + index->name, "unique values of " + joined(words),
                     count_text(rows, "repeating earlier ones"),
                     "make them unique by a data step in an earlier migration");
  return native(create_index_sql(*index, dialect::sqlite), index->table, "the index does not exist");
}

inline verdict judge(scene const& at, drop_index const& op) {
  live_index const* found = at.live.find_index(op.index.name);
  if (found == nullptr) return already();
  if (!compare_index(op.index, *found).empty())
    for (index_def const& later : at.past.future_of(&replayed_schema::indexes, at.at, op.index.name))
      if (compare_index(later, *found).empty()) return already();
  return native("DROP INDEX " + quoted_name(op.index.name), op.index.table);
}

}  // namespace forge_db::migration::detail
