// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/ddl.hpp>
#include <forge_db/migration/detail/alter_statements.hpp>
#include <forge_db/migration/operations.hpp>

#include <string>
#include <variant>
#include <vector>

namespace forge_db::migration {

namespace detail {

struct statement_writer {
  using result = std::vector<std::string>;
  dialect to;

  result operator()(create_table const& op) const { return {create_table_sql(op.table, to)}; }
  result operator()(drop_table const& op) const { return {"DROP TABLE " + quoted_name(op.table.name)}; }
  result operator()(rename_table const& op) const {
    return {"ALTER TABLE " + quoted_name(op.from) + " RENAME TO " + quoted_name(op.to)};
  }
  result operator()(add_column const& op) const { return {add_column_sql(op.table, op.column, op.references, to)}; }
  result operator()(drop_column const& op) const {
    return {"ALTER TABLE " + quoted_name(op.table) + " DROP COLUMN " + quoted_name(op.column.name)};
  }
  result operator()(rename_column const& op) const {
    return {"ALTER TABLE " + quoted_name(op.table) + " RENAME COLUMN " + quoted_name(op.from) + " TO " +
            quoted_name(op.to)};
  }
  result operator()(create_index const& op) const { return {create_index_sql(op.index, to)}; }
  result operator()(drop_index const& op) const { return {"DROP INDEX " + quoted_name(op.index.name)}; }
  result operator()(alter_table const& op) const {
    return to == dialect::sqlite ? added_columns_only(op) : postgres_alter_statements(op);
  }
  result operator()(create_view const& op) const {
    return has_text(op.view) ? result{create_view_sql(op.view, to)} : result{};
  }
  result operator()(drop_view const& op) const {
    return has_text(op.view) ? result{"DROP VIEW " + quoted_name(op.view.name)} : result{};
  }
  result operator()(create_trigger const& op) const {
    result all;
    if (!has_text(op.trigger)) return all;
    std::string const& body = op.trigger.postgres_function;
    if (to == dialect::postgres && !body.empty())
      all.push_back("CREATE FUNCTION " + quoted_name(op.trigger.name) +
                    "() RETURNS trigger LANGUAGE plpgsql AS $forge$" + body + "$forge$");
    all.push_back(create_trigger_sql(op.trigger, to));
    return all;
  }
  result operator()(drop_trigger const& op) const {
    if (!has_text(op.trigger)) return {};
    std::string const name = quoted_name(op.trigger.name);
    if (to == dialect::sqlite) return {"DROP TRIGGER " + name};
    result all{"DROP TRIGGER " + name + " ON " + quoted_name(op.trigger.table)};
    if (!op.trigger.postgres_function.empty()) all.push_back("DROP FUNCTION " + name + "()");
    return all;
  }
  result operator()(create_full_text const& op) const {
    result all{create_full_text_sql(op.index, to)};
    if (to == dialect::sqlite) {  // of the rows that are there
      std::string const name = quoted_name(op.index.name);
      all.push_back("INSERT INTO " + name + " (" + name + ") VALUES ('rebuild')");
    }
    return all;
  }
  result operator()(drop_full_text const& op) const {
    return {(to == dialect::sqlite ? "DROP TABLE " : "DROP INDEX ") + quoted_name(op.index.name)};
  }
  bool has_text(auto const& object) const { return !(to == dialect::sqlite ? object.sqlite : object.postgres).empty(); }
  result operator()(data_step const&) const { return {}; }
  result operator()(sql_step const& op) const { return {to == dialect::sqlite ? op.sqlite : op.postgres}; }
};

}  // namespace detail

/// The plain statements of one operation. Empty where a dialect has none: a data step, and on SQLite an `alter_table`
/// that does more than append columns, which is a rebuild (rebuild.hpp). What really runs is `runner::plan`'s answer,
/// since it depends on the database.
inline std::vector<std::string> statements(operation const& op, dialect to) {
  return std::visit(detail::statement_writer{to}, op);
}

}  // namespace forge_db::migration
