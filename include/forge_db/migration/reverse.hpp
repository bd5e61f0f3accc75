// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/operations.hpp>

#include <optional>
#include <variant>

namespace forge_db::migration {

namespace detail {

struct reverser {
  using result = std::optional<operation>;

  result operator()(create_table const& op) const { return drop_table{op.table}; }
  result operator()(drop_table const& op) const { return create_table{op.table}; }
  result operator()(rename_table const& op) const { return rename_table{op.to, op.from}; }
  result operator()(add_column const& op) const { return drop_column{op.table, op.column, op.references}; }
  result operator()(drop_column const& op) const { return add_column{op.table, op.column, op.references}; }
  result operator()(rename_column const& op) const { return rename_column{op.table, op.to, op.from}; }
  result operator()(create_index const& op) const { return drop_index{op.index}; }
  result operator()(drop_index const& op) const { return create_index{op.index}; }
  result operator()(alter_table const& op) const { return alter_table{op.after, op.before}; }
  result operator()(create_view const& op) const { return drop_view{op.view}; }
  result operator()(drop_view const& op) const { return create_view{op.view}; }
  result operator()(create_trigger const& op) const { return drop_trigger{op.trigger}; }
  result operator()(drop_trigger const& op) const { return create_trigger{op.trigger}; }
  result operator()(create_full_text const& op) const { return drop_full_text{op.index}; }
  result operator()(drop_full_text const& op) const { return create_full_text{op.index}; }
  result operator()(data_step const&) const { return std::nullopt; }
  result operator()(sql_step const& op) const {
    if (op.reverse_sqlite.empty() && op.reverse_postgres.empty()) return std::nullopt;
    return sql_step{op.reverse_sqlite, op.reverse_postgres, op.sqlite, op.postgres};
  }
};

}  // namespace detail

/// The operation that undoes the schema change of `op`; none for a data step and for SQL without a reverse text.
/// `reverse(*reverse(op)) == op`. Rows that the operation destroyed do not come back.
inline std::optional<operation> reverse(operation const& op) { return std::visit(detail::reverser{}, op); }

}  // namespace forge_db::migration
