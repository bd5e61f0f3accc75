// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/judge_alter.hpp>

#include <string>
#include <vector>

// What alter_table does to columns: dropped, added, or of another type, nullability, collation, expression or default.
namespace forge_db::migration::detail {

inline void alter_judge::drop(column_def const& column) {
  if (table_.find_column(column.name) == nullptr) return;
  if (auto no = refuse_needed(at_, table_, column.name); no && !refusal_) refusal_ = no;
  remove_column(target_, column.name);
  if (std::string const lost = values_of(at_, table_, column.name); !lost.empty())
    destroyed_ += (destroyed_.empty() ? "" : ", ") + lost;
  rebuild_because("a column is dropped together with other changes");
}

inline void alter_judge::add(added_column const& added) {
  if (find(after_, difference_kind::missing_column, added.column.name) == nullptr) {
    for (difference_kind kind : column_kinds) keep_or_refuse(kind, added.column.name);
    return;
  }
  if (auto no = refuse_unfilled(at_, table_.name, added.column); no && !refusal_) refusal_ = no;
  add_column_to(target_, added.column, added.references);
  work_ = true;
  std::string const reason = why_not_native(added.column, added.references.has_value());
  if (!reason.empty()) rebuild_because(reason);
  additions_.push_back(add_column_sql(table_.name, added.column, added.references, dialect::sqlite));
}

inline void alter_judge::change(changed_column const& changed) {
  column_def const& after = changed.after;
  column_text* column = target_.find_column(after.name);
  if (column == nullptr)
    return refuse("column " + table_.name + "." + after.name, "the column", "no such column",
                  "restore it, or correct the migration");
  if (is_due(difference_kind::type, after.name)) {
    column->type = after.sqlite_type;
    rebuild_because("SQLite has no statement that changes a type");
  }
  if (is_due(difference_kind::nullability, after.name)) {
    if (!after.nullable)
      if (auto const rows = null_rows(at_.rows, table_.name, after.name); rows != 0)
        refuse("column " + table_.name + "." + after.name, "no NULL, since it becomes NOT NULL",
               count_text(rows, "with NULL"), "fill them by a data step in an earlier migration");
    set_nullable(*column, after.nullable);
    rebuild_because("this SQLite has no statement that changes NOT NULL");
  }
  if (is_due(difference_kind::collation, after.name) || is_due(difference_kind::extra_collation, after.name))
    change_collation(*column, after);
  if (is_due(difference_kind::generated, after.name) || is_due(difference_kind::generated_storage, after.name))
    change_expression(*column, changed);
  if (is_due(difference_kind::default_value, after.name)) {
    set_default(*column, after.sqlite_default);
    rebuild_because("SQLite has no statement that changes a default");
  }
}

inline void alter_judge::change_collation(column_text& column, column_def const& after) {
  for (unique_def const& each : op_.after.uniques) refuse_duplicates(each.columns, after);
  refuse_duplicates(op_.after.primary_key, after);
  set_collation(column, after.sqlite_collation);
  rebuild_because("SQLite has no statement that changes a collation");
}

inline void alter_judge::refuse_duplicates(std::vector<std::string> const& columns, column_def const& changed) {
  std::vector<std::string> items;
  bool concerned = false;
  for (std::string const& name : columns) {
    concerned |= name == changed.name;
    std::string const collation = changed.sqlite_collation.empty() ? "BINARY" : changed.sqlite_collation;
    items.push_back(quoted_name(name) + (name == changed.name ? collate_sql(collation, {}, dialect::sqlite) : ""));
  }
  if (!concerned) return;
  if (auto const rows = duplicate_rows(at_.rows, table_.name, items); rows != 0)
    refuse("table " + table_.name, "unique values of " + joined(columns) + " under its new collation",
           count_text(rows, "repeating earlier ones"), "make them unique by a data step in an earlier migration");
}

inline void alter_judge::change_expression(column_text& column, changed_column const& changed) {
  if (!changed.before.generated && changed.after.generated) {
    std::string const expression{without_brackets(changed.after.generated->sqlite)};
    auto const rows = count_rows(at_.rows, "select count(*) from " + quoted_name(table_.name) + " where " +
                                               quoted_name(column.name) + " is not (" + expression + ")");
    if (rows != 0)
      refuse("column " + table_.name + "." + column.name, "the value of (" + expression + ") in every row",
             count_text(rows, "with another one"), "bring them in line by a data step in an earlier migration");
  }
  set_generated(column, changed.after.generated);
  if (!changed.after.generated) set_default(column, changed.after.sqlite_default);
  rebuild_because("SQLite has no statement that changes a generated column");
}

}  // namespace forge_db::migration::detail
