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
    keep_or_refuse(kind, element);
    return false;
  }

  /// What no later state explains stays, on record, when it is acceptable.
  void keep_or_refuse(difference_kind kind, std::string const& element) {
    difference const* lasting = find(lasting_, kind, element);
    if (lasting == nullptr) return;
    if (is_acceptable(kind))
      recorded_.push_back(*lasting);
    else if (!refusal_)
      refusal_ = conflict(*lasting);
  }

  void drop(column_def const& column);
  void drop(foreign_key_def const& key);
  void drop(unique_def const& unique);
  void drop(check_def const& check);
  void add(added_column const& added);
  void change(changed_column const& changed);
  void change_collation(column_text& column, column_def const& after);
  /// Values that a key over `columns` takes for one under the new collation of `changed`.
  void refuse_duplicates(std::vector<std::string> const& columns, column_def const& changed);
  /// A column that held values of its own becomes a computed one only when no value is lost by it.
  void change_expression(column_text& column, changed_column const& changed);
  void add(unique_def const& unique);
  void add(foreign_key_def const& key);
  void add(check_def const& check);
  void change_options();
  /// STRICT takes few names of types, and no value of another one.
  void make_strict();
  void change_key();

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

#include <forge_db/migration/detail/judge_alter_columns.hpp>      // IWYU pragma: export
#include <forge_db/migration/detail/judge_alter_constraints.hpp>  // IWYU pragma: export
