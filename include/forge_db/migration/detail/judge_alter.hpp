// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/judge_column.hpp>
#include <forge_db/migration/detail/table_delta.hpp>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// The judgement of one alter_table: each changed element is looked at by itself, since another program may have made
/// some of the changes. What still has to be done is collected in `target`, and asked of the rows before anything runs.
class alter_judge {
 public:
  alter_judge(scene const& at, alter_table const& op, table_future const& future, live_table const& table)
      : at_(at),
        op_(op),
        table_(table),
        delta_(delta_of(op.before, op.after)),
        before_(compare_table(op.before, table)),
        after_(compare_table(op.after, table)),
        lasting_(lasting_differences(future, table)),
        target_(*table.text) {}

  verdict run() {
    for (column_def const& each : delta_.dropped) drop(each);
    for (foreign_key_def const& each : delta_.dropped_foreign_keys) drop(each);
    for (unique_def const& each : delta_.dropped_uniques) drop(each);
    for (check_def const& each : delta_.dropped_checks) drop(each);
    for (added_column const& each : delta_.added) add(each);
    for (changed_column const& each : delta_.changed) change(each);
    for (unique_def const& each : delta_.added_uniques) add(each);
    for (foreign_key_def const& each : delta_.added_foreign_keys) add(each);
    for (check_def const& each : delta_.added_checks) add(each);
    if (delta_.key_changed) change_key();
    if (delta_.options_changed) change_options();
    for (column_def const& each : delta_.dropped)
      if (work_ && !refusal_ && still_names(target_, each.name))
        refuse("column " + table_.name + "." + each.name, "no constraint that uses it", "a unique, check or key",
               "drop the constraint in the same alter_table");
    if (refusal_) return *refusal_;
    if (!work_) return recorded_.empty() ? already() : recorded(recorded_);
    if (!must_rebuild_.empty()) {
      verdict answer = rebuilding(table_.name, target_, must_rebuild_);
      answer.destroys = destroyed_;
      return answer;
    }
    verdict answer = native({}, table_.name, "ADD COLUMN takes these columns");
    answer.statements = std::move(additions_);
    return answer;
  }

 private:
  static difference const* find(std::vector<difference> const& all, difference_kind kind, std::string const& element) {
    for (difference const& each : all)
      if (each.kind == kind && same_name(each.element, element)) return &each;
    return nullptr;
  }

  void refuse(std::string const& object, std::string const& expected, std::string const& found,
              std::string const& cure) {
    if (!refusal_) refusal_ = refused(object, expected, found, cure);
  }

  void rebuild_because(std::string const& reason) {
    work_ = true;
    if (must_rebuild_.empty()) must_rebuild_ = reason;
  }

  /// Whether the element still has to be changed: it is not as after, and it is as before. Anything else must be
  /// explained by a later state or be acceptable.
  bool is_due(difference_kind kind, std::string const& element) {
    if (find(after_, kind, element) == nullptr) return false;
    if (find(before_, kind, element) == nullptr) return true;
    difference const* lasting = find(lasting_, kind, element);
    if (lasting == nullptr) return false;
    if (is_acceptable(kind))
      recorded_.push_back(*lasting);
    else if (!refusal_)
      refusal_ = conflict(*lasting);
    return false;
  }

  void drop(column_def const& column) {
    if (table_.find_column(column.name) == nullptr) return;
    if (auto no = refuse_needed(at_, table_, column.name); no && !refusal_) refusal_ = no;
    remove_column(target_, column.name);
    if (std::string const lost = values_of(at_, table_, column.name); !lost.empty())
      destroyed_ += (destroyed_.empty() ? "" : ", ") + lost;
    rebuild_because("a column is dropped together with other changes");
  }

  void drop(foreign_key_def const& key) {
    live_foreign_key const* found = find_foreign_key(table_, key.columns);
    if (found == nullptr || !matches(key, *found)) return;  // a changed key: judged where the new one is added
    remove_foreign_key(target_, key.columns);
    rebuild_because("SQLite has no statement that drops a foreign key");
  }

  void drop(unique_def const& unique) {
    if (!is_due(difference_kind::extra_unique, unique_element(unique.columns))) return;
    remove_unique(target_, unique.columns);
    rebuild_because("SQLite has no statement that drops a UNIQUE constraint");
  }

  void drop(check_def const& check) {
    if (!is_due(difference_kind::extra_check, normalised(without_brackets(check.expression)))) return;
    remove_check(target_, check.expression);
    rebuild_because("this SQLite has no statement that drops a CHECK");
  }

  void add(added_column const& added) {
    if (find(after_, difference_kind::missing_column, added.column.name) == nullptr) {
      for (difference_kind kind : column_kinds) is_due_column(kind, added.column);
      return;
    }
    if (auto no = refuse_unfilled(at_, table_.name, added.column); no && !refusal_) refusal_ = no;
    add_column_to(target_, added.column, added.references);
    work_ = true;
    std::string const reason = why_not_native(added.column, added.references.has_value());
    if (!reason.empty()) rebuild_because(reason);
    additions_.push_back(add_column_sql(table_.name, added.column, added.references, dialect::sqlite));
  }

  /// An added column that exists already but differs.
  void is_due_column(difference_kind kind, column_def const& column) {
    difference const* lasting = find(lasting_, kind, column.name);
    if (lasting == nullptr) return;
    if (is_acceptable(kind))
      recorded_.push_back(*lasting);
    else if (!refusal_)
      refusal_ = conflict(*lasting);
  }

  void change(changed_column const& changed) {
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

  void change_collation(column_text& column, column_def const& after) {
    for (unique_def const& each : op_.after.uniques) refuse_duplicates(each.columns, after);
    refuse_duplicates(op_.after.primary_key, after);
    set_collation(column, after.sqlite_collation);
    rebuild_because("SQLite has no statement that changes a collation");
  }

  /// Values that a key over `columns` takes for one under the new collation of `changed`.
  void refuse_duplicates(std::vector<std::string> const& columns, column_def const& changed) {
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

  /// A column that held values of its own becomes a computed one only when no value is lost by it.
  void change_expression(column_text& column, changed_column const& changed) {
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

  void add(unique_def const& unique) {
    if (!is_due(difference_kind::missing_unique, unique_element(unique.columns))) return;
    if (auto const rows = duplicate_rows(at_.rows, table_.name, quoted_names(unique.columns)); rows != 0)
      refuse("table " + table_.name, "unique values of " + joined(unique.columns),
             count_text(rows, "repeating earlier ones"), "make them unique by a data step in an earlier migration");
    target_.constraints.push_back({constraint_kind::unique, unique.columns, {}, unique_sql(unique)});
    rebuild_because("SQLite has no statement that adds a UNIQUE constraint");
  }

  void add(foreign_key_def const& key) {
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

  void add(check_def const& check) {
    if (!is_due(difference_kind::missing_check, normalised(check.expression))) return;
    if (auto const rows = rows_failing(at_.rows, table_.name, check.expression); rows != 0)
      refuse("table " + table_.name, "rows that pass CHECK (" + check.expression + ")", count_text(rows, "failing it"),
             "correct them by a data step in an earlier migration");
    target_.constraints.push_back({constraint_kind::check, {}, check.expression, check_sql(check, dialect::sqlite)});
    rebuild_because("this SQLite has no statement that adds a CHECK");
  }

  void change_options() {
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

  /// STRICT takes few names of types, and no value of another one.
  void make_strict() {
    for (column_def const& each : op_.after.columns) {
      column_text* column = target_.find_column(each.name);
      if (column == nullptr) continue;
      column->type = each.sqlite_type;
      if (auto const rows = rows_of_other_types(at_.rows, table_.name, each); rows != 0)
        refuse("column " + table_.name + "." + each.name, "values of type " + each.sqlite_type + " alone",
               count_text(rows, "with another one"), "convert them by a data step in an earlier migration");
    }
  }

  void change_key() {
    if (!is_due(difference_kind::primary_key, "") && !is_due(difference_kind::primary_key, "autoincrement")) return;
    set_primary_key(target_, op_.after);
    rebuild_because("SQLite has no statement that changes a primary key");
  }

  static constexpr difference_kind column_kinds[] = {difference_kind::type,
                                                     difference_kind::nullability,
                                                     difference_kind::default_value,
                                                     difference_kind::collation,
                                                     difference_kind::extra_collation,
                                                     difference_kind::generated,
                                                     difference_kind::generated_storage};

  scene const& at_;
  alter_table const& op_;
  live_table const& table_;
  table_delta delta_;
  std::vector<difference> before_, after_, lasting_;
  table_text target_;
  std::vector<std::string> additions_{};
  std::vector<difference> recorded_{};
  std::optional<verdict> refusal_{};
  std::string must_rebuild_{};
  std::string destroyed_{};
  bool work_ = false;
};

inline verdict judge(scene const& at, alter_table const& op) {
  table_future const future = at.past.future_of_table(at.at, op.after.name);
  live_table const* table = find_live(future, at.live);
  if (table == nullptr) return future.dropped ? already() : missing_table(op.after.name);
  if (!table->text) return unreadable(*table);
  return alter_judge{at, op, future, *table}.run();
}

}  // namespace forge_db::migration::detail
