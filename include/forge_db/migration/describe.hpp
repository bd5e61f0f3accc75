// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/operations.hpp>

#include <string>
#include <variant>

namespace forge_db::migration {

namespace detail {

struct describer {
  std::string operator()(create_table const& op) const { return "create table " + op.table.name; }
  std::string operator()(drop_table const& op) const { return "drop table " + op.table.name; }
  std::string operator()(rename_table const& op) const { return "rename table " + op.from + " to " + op.to; }
  std::string operator()(add_column const& op) const { return "add column " + op.table + '.' + op.column.name; }
  std::string operator()(drop_column const& op) const { return "drop column " + op.table + '.' + op.column.name; }
  std::string operator()(rename_column const& op) const {
    return "rename column " + op.table + '.' + op.from + " to " + op.to;
  }
  std::string operator()(create_index const& op) const {
    return std::string{op.index.unique ? "create unique index " : "create index "} + op.index.name + " on " +
           op.index.table;
  }
  std::string operator()(drop_index const& op) const { return "drop index " + op.index.name; }
  std::string operator()(alter_table const& op) const { return "alter table " + op.after.name; }
  std::string operator()(create_view const& op) const { return "create view " + op.view.name; }
  std::string operator()(drop_view const& op) const { return "drop view " + op.view.name; }
  std::string operator()(create_trigger const& op) const {
    return "create trigger " + op.trigger.name + " on " + op.trigger.table;
  }
  std::string operator()(drop_trigger const& op) const { return "drop trigger " + op.trigger.name; }
  std::string operator()(create_full_text const& op) const { return "create full text of " + op.index.table; }
  std::string operator()(drop_full_text const& op) const { return "drop full text of " + op.index.table; }
  std::string operator()(data_step const& op) const { return "data step " + op.name; }
  std::string operator()(sql_step const& op) const {
    auto const end = op.sqlite.find_first_of("\n;");
    return "sql " + op.sqlite.substr(0, end < 60 ? end : 60);
  }
};

}  // namespace detail

/// One line for people: reports, plans, errors and the ledger use the same words.
inline std::string describe(operation const& op) { return std::visit(detail::describer{}, op); }

}  // namespace forge_db::migration
