// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/future_compare.hpp>
#include <forge_db/migration/detail/row_checks.hpp>
#include <forge_db/migration/detail/table_edit.hpp>
#include <forge_db/migration/detail/verdict.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

inline bool covers(adopt_policy const& policy, difference_kind kind) {
  switch (kind) {
    case difference_kind::default_value:
      return policy.defaults;
    case difference_kind::nullable_key:
    case difference_kind::without_rowid:
      return policy.keys;
    case difference_kind::missing_unique:
      return policy.uniques;
    case difference_kind::missing_check:
    case difference_kind::extra_check:
    case difference_kind::strict:
      return policy.checks;
    default:
      return false;
  }
}

/// Turns "it differs, and keeps working" into one rebuild that brings in line what the policy of its table covers. Rows
/// that stand in the way refuse it, with their number. What cannot be told because its columns are renamed later stays
/// recorded.
class adoption_normaliser {
 public:
  adoption_normaliser(scene const& at, adopt_policy const& policy, table_future const& future, live_table const& table)
      : at_(at), policy_(policy), future_(future), table_(table), target_(*table.text) {}

  verdict run(verdict const& recorded) {
    for (difference const& each : recorded.accepted)
      if (covers(policy_, each.kind)) bring_in_line(each);
    if (refusal_) return *refusal_;
    return work_ ? rebuilding(table_.name, std::move(target_), "adoption brings the table in line with its definition")
                 : recorded;
  }

 private:
  void refuse(std::string const& expected, std::string const& found) {
    if (!refusal_)
      refusal_ = refused("table " + table_.name, expected, found,
                         "correct these rows in the database, or take the word out of `adopt: normalise` to keep the "
                         "table as it is");
  }

  void bring_in_line(difference const& each) {
    switch (each.kind) {
      case difference_kind::default_value:
        return set_default_of(each.element);
      case difference_kind::nullable_key:
        return refuse_null_in(each.element);
      case difference_kind::without_rowid:
        target_.without_rowid = last().without_rowid;
        work_ = true;
        return;
      case difference_kind::missing_unique:
        return add_unique(each.element);
      case difference_kind::missing_check:
        return add_check(each.element);
      case difference_kind::extra_check:
        remove_check(target_, each.element);
        work_ = true;
        return;
      default:
        return set_strict();
    }
  }

  table_def const& last() const { return future_.versions.back().table; }

  void set_default_of(std::string const& name) {
    column_text* column = target_.find_column(name);
    for (std::size_t version = future_.versions.size(); version-- > 0;)
      for (column_def const& each : future_.versions[version].table.columns)
        if (column != nullptr && same_name(each.name, name)) {
          set_default(*column, each.sqlite_default);
          work_ = true;
          return;
        }
  }

  void refuse_null_in(std::string const& name) {
    column_text* column = target_.find_column(name);
    if (column == nullptr) return;
    if (auto const rows = null_rows(at_.rows, table_.name, name); rows != 0)
      refuse("no NULL in the key column " + name, count_text(rows, "with NULL"));
    set_nullable(*column, false);
    work_ = true;
  }

  void add_unique(std::string const& element) {
    for (table_version const& version : future_.versions)
      for (unique_def const& each : version.table.uniques) {
        if (unique_element(each.columns) != element || !has_columns(each.columns)) continue;
        if (auto const rows = duplicate_rows(at_.rows, table_.name, quoted_names(each.columns)); rows != 0)
          refuse("unique values of " + joined(each.columns), count_text(rows, "repeating earlier ones"));
        target_.constraints.push_back({constraint_kind::unique, each.columns, {}, unique_sql(each)});
        work_ = true;
        return;
      }
  }

  void add_check(std::string const& element) {
    for (table_version const& version : future_.versions)
      for (check_def const& each : version.table.checks) {
        if (normalised(each.expression) != element) continue;
        if (auto const rows = rows_failing(at_.rows, table_.name, each.expression); rows != 0)
          refuse("rows that pass CHECK (" + each.expression + ")", count_text(rows, "failing it"));
        target_.constraints.push_back({constraint_kind::check, {}, each.expression, check_sql(each, dialect::sqlite)});
        work_ = true;
        return;
      }
  }

  void set_strict() {
    target_.strict = last().strict;
    work_ = true;
    if (!target_.strict) return;
    for (column_def const& each : last().columns)
      if (column_text* column = target_.find_column(each.name)) {
        column->type = each.sqlite_type;
        if (auto const rows = rows_of_other_types(at_.rows, table_.name, each); rows != 0)
          refuse("values of type " + each.sqlite_type + " alone in column " + each.name,
                 count_text(rows, "with another one"));
      }
  }

  bool has_columns(std::vector<std::string> const& names) const {
    for (std::string const& name : names)
      if (table_.find_column(name) == nullptr) return false;
    return true;
  }

  scene const& at_;
  adopt_policy const& policy_;
  table_future const& future_;
  live_table const& table_;
  table_text target_;
  std::optional<verdict> refusal_{};
  bool work_ = false;
};

/// `found`, the verdict on an operation, or what the adoption policy of its table makes of it.
inline verdict normalised_adoption(scene const& at, std::string const& name, verdict found) {
  if (found.state != judgement::recorded) return found;
  table_future const future = at.past.future_of_table(at.at, name);
  live_table const* table = find_live(future, at.live);
  if (table == nullptr || !table->text || future.versions.empty()) return found;
  for (adopt_policy const& policy : at.past.source().adopt)
    for (table_version const& version : future.versions)
      if (same_name(policy.table, version.table.name))
        return adoption_normaliser{at, policy, future, *table}.run(found);
  return found;
}

}  // namespace forge_db::migration::detail
