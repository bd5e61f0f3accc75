// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/ddl.hpp>
#include <forge_db/migration/detail/table_delta.hpp>
#include <forge_db/migration/operations.hpp>

#include <string>
#include <vector>

namespace forge_db::migration::detail {

/// ADD COLUMN for each new column when nothing else changes, otherwise nothing. A foreign key of one new column goes
/// with it.
inline std::vector<std::string> added_columns_only(alter_table const& op) {
  table_delta const delta = delta_of(op.before, op.after);
  std::vector<std::string> all;
  if (!delta.only_adds_columns()) return all;
  for (added_column const& each : delta.added)
    all.push_back(add_column_sql(op.after.name, each.column, each.references, dialect::sqlite));
  return all;
}

inline void append_column_changes(std::vector<std::string>& actions, changed_column const& change) {
  std::string const head = "ALTER COLUMN " + quoted_name(change.after.name);
  if (change.before.generated && !change.after.generated) actions.push_back(head + " DROP EXPRESSION");
  if (change.after.generated && change.before.generated != change.after.generated) {
    actions.push_back("DROP COLUMN " + quoted_name(change.after.name));
    actions.push_back("ADD COLUMN " + column_sql(change.after, dialect::postgres));
    return;
  }
  if (change.before.postgres_type != change.after.postgres_type ||
      change.before.postgres_collation != change.after.postgres_collation)
    actions.push_back(head + " TYPE " + change.after.postgres_type +
                      collate_sql({}, change.after.postgres_collation, dialect::postgres));
  if (change.before.nullable != change.after.nullable)
    actions.push_back(head + (change.after.nullable ? " DROP NOT NULL" : " SET NOT NULL"));
  if (change.before.postgres_default != change.after.postgres_default)
    actions.push_back(change.after.postgres_default ? head + " SET DEFAULT " + *change.after.postgres_default
                                                    : head + " DROP DEFAULT");
}

/// One ALTER TABLE with all changes. Not yet the lock-friendly forms; PostgreSQL is written, not run, in this release.
inline std::vector<std::string> postgres_alter_statements(alter_table const& op) {
  table_delta const delta = delta_of(op.before, op.after);
  std::vector<std::string> actions;
  auto const drop_constraint = [&](std::string const& name) {
    actions.push_back("DROP CONSTRAINT " + quoted_name(name));
  };
  for (auto const& each : delta.dropped_foreign_keys) drop_constraint(each.name);
  for (auto const& each : delta.dropped_uniques) drop_constraint(each.name);
  for (auto const& each : delta.dropped_checks) drop_constraint(each.name);
  for (auto const& each : delta.dropped) actions.push_back("DROP COLUMN " + quoted_name(each.name));
  for (auto const& each : delta.added) {
    std::string text = "ADD COLUMN " + column_sql(each.column, dialect::postgres);
    if (each.references) text += ' ' + constraint_head(each.references->name) + references_sql(*each.references);
    actions.push_back(text);
  }
  for (auto const& each : delta.changed) append_column_changes(actions, each);
  for (auto const& each : delta.added_uniques) actions.push_back("ADD " + unique_sql(each));
  for (auto const& each : delta.added_foreign_keys) actions.push_back("ADD " + foreign_key_sql(each));
  for (auto const& each : delta.added_checks) actions.push_back("ADD " + check_sql(each, dialect::postgres));
  std::string text;
  for (std::string const& action : actions)
    text += (text.empty() ? "ALTER TABLE " + quoted_name(op.after.name) + "\n    " : ",\n    ") + action;
  return text.empty() ? std::vector<std::string>{} : std::vector<std::string>{text};
}

}  // namespace forge_db::migration::detail
