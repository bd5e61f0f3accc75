// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/operations.hpp>

#include <algorithm>
#include <variant>

namespace forge_db::migration::detail {

inline bool is_unbuilt(column_def const& column) {
  return !column.sqlite_collation.empty() || column.generated.has_value();
}

inline bool is_unbuilt(table_def const& table) {
  return table.strict || table.without_rowid ||
         std::any_of(table.columns.begin(), table.columns.end(), [](auto const& each) { return is_unbuilt(each); });
}

inline bool is_unbuilt(index_def const& index) {
  return !index.include.empty() || std::any_of(index.columns.begin(), index.columns.end(), [](auto const& each) {
    return each.name.empty() || !each.sqlite_collation.empty();
  });
}

/// Whether an operation asks for what can be declared and cannot be carried out yet.
struct unbuilt {
  bool operator()(create_table const& op) const { return is_unbuilt(op.table); }
  bool operator()(drop_table const&) const { return false; }
  bool operator()(rename_table const&) const { return false; }
  bool operator()(add_column const& op) const { return is_unbuilt(op.column); }
  bool operator()(drop_column const&) const { return false; }
  bool operator()(rename_column const&) const { return false; }
  bool operator()(create_index const& op) const { return is_unbuilt(op.index); }
  bool operator()(drop_index const&) const { return false; }
  bool operator()(alter_table const& op) const { return is_unbuilt(op.before) || is_unbuilt(op.after); }
  bool operator()(create_view const&) const { return true; }
  bool operator()(drop_view const&) const { return true; }
  bool operator()(create_trigger const&) const { return true; }
  bool operator()(drop_trigger const&) const { return true; }
  bool operator()(data_step const&) const { return false; }
  bool operator()(sql_step const&) const { return false; }
};

inline bool is_unbuilt(operation const& op) { return std::visit(unbuilt{}, op); }

}  // namespace forge_db::migration::detail
