// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/sql_tokens.hpp>
#include <forge_db/migration/table_def.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration::detail {

struct added_column {
  column_def column;
  std::optional<foreign_key_def> references{};
};

struct changed_column {
  column_def before, after;
};

/// What differs between two versions of one table. Constraints are matched by what they say, not by their names: a
/// constraint whose name alone changed is no difference on SQLite.
struct table_delta {
  std::vector<added_column> added{};
  std::vector<column_def> dropped{};
  std::vector<changed_column> changed{};
  std::vector<unique_def> added_uniques{}, dropped_uniques{};
  std::vector<foreign_key_def> added_foreign_keys{}, dropped_foreign_keys{};  ///< without those of added columns
  std::vector<check_def> added_checks{}, dropped_checks{};
  bool key_changed = false;
  bool options_changed = false;  ///< strict, without_rowid

  bool only_adds_columns() const {
    return dropped.empty() && changed.empty() && added_uniques.empty() && dropped_uniques.empty() &&
           added_foreign_keys.empty() && dropped_foreign_keys.empty() && added_checks.empty() &&
           dropped_checks.empty() && !key_changed && !options_changed;
  }
};

template <class Definition>
std::vector<Definition> without(std::vector<Definition> const& all, std::vector<Definition> const& others,
                                bool (*same)(Definition const&, Definition const&)) {
  std::vector<Definition> rest;
  for (Definition const& each : all)
    if (std::none_of(others.begin(), others.end(), [&](Definition const& o) { return same(each, o); }))
      rest.push_back(each);
  return rest;
}

inline std::string action_or_default(std::string const& action) { return action.empty() ? "no_action" : action; }

inline bool same_unique(unique_def const& a, unique_def const& b) {
  auto left = a.columns;
  auto right = b.columns;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return left == right;
}

inline bool same_foreign_key(foreign_key_def const& a, foreign_key_def const& b) {
  return a.columns == b.columns && a.ref_table == b.ref_table && a.ref_columns == b.ref_columns &&
         action_or_default(a.on_delete) == action_or_default(b.on_delete) &&
         action_or_default(a.on_update) == action_or_default(b.on_update);
}

inline bool same_check(check_def const& a, check_def const& b) {
  return normalised(a.expression) == normalised(b.expression) && normalised(a.postgres) == normalised(b.postgres);
}

inline column_def const* find_column(table_def const& table, std::string_view name) {
  for (column_def const& column : table.columns)
    if (column.name == name) return &column;
  return nullptr;
}

inline table_delta delta_of(table_def const& before, table_def const& after) {
  table_delta delta;
  for (column_def const& column : after.columns) {
    column_def const* old = find_column(before, column.name);
    if (old == nullptr)
      delta.added.push_back({column});
    else if (*old != column)
      delta.changed.push_back({*old, column});
  }
  for (column_def const& column : before.columns)
    if (find_column(after, column.name) == nullptr) delta.dropped.push_back(column);
  delta.added_uniques = without(after.uniques, before.uniques, same_unique);
  delta.dropped_uniques = without(before.uniques, after.uniques, same_unique);
  delta.added_foreign_keys = without(after.foreign_keys, before.foreign_keys, same_foreign_key);
  delta.dropped_foreign_keys = without(before.foreign_keys, after.foreign_keys, same_foreign_key);
  delta.added_checks = without(after.checks, before.checks, same_check);
  delta.dropped_checks = without(before.checks, after.checks, same_check);
  delta.key_changed = before.primary_key != after.primary_key || before.autoincrement != after.autoincrement;
  delta.options_changed = before.strict != after.strict || before.without_rowid != after.without_rowid;
  std::erase_if(delta.added_foreign_keys, [&](foreign_key_def const& key) {
    if (key.columns.size() != 1) return false;
    for (added_column& each : delta.added)
      if (each.column.name == key.columns[0]) {
        each.references = key;
        return true;
      }
    return false;
  });
  return delta;
}

}  // namespace forge_db::migration::detail
