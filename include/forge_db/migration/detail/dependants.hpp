// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/quoting.hpp>
#include <forge_db/migration/live_schema.hpp>

#include <map>
#include <string>
#include <vector>

namespace forge_db::migration::detail {

/// Statements that make SQLite resolve every view, and every trigger of every table and view; those that fail, with the
/// engine's reason. Statements are prepared only, never run.
inline std::map<std::string, std::string> broken_dependants(sqlite::connection& connection, live_schema const& schema) {
  std::map<std::string, std::string> broken;
  auto const probe = [&](std::string const& object, std::string const& sql) {
    try {
      connection.prepare_once(sql);
    } catch (sql_error const& failure) {
      broken.emplace(object, failure.context().engine_message);
    }
  };
  for (live_object const& view : schema.views)
    probe("view " + view.name, "select * from " + quoted_name(view.name) + " limit 0");
  for (live_object const& trigger : schema.triggers) {
    std::string const object = "a trigger of " + trigger.table;
    std::string const target = quoted_name(trigger.table);
    live_table const* table = schema.find_table(trigger.table);
    if (table == nullptr) continue;  // INSTEAD OF triggers: the view is probed, their bodies run on other tables
    std::string set;
    std::string names;
    for (live_column const& column : table->columns) {
      if (column.generated) continue;
      set += (set.empty() ? "" : ", ") + quoted_name(column.name) + " = " + quoted_name(column.name);
      names += (names.empty() ? "" : ", ") + quoted_name(column.name);
    }
    probe(object, "insert into " + target + " (" + names + ") select " + names + " from " + target);
    probe(object, "update " + target + " set " + set);
    probe(object, "delete from " + target);
  }
  return broken;
}

/// Drops all views and triggers, and makes them again from their own texts in their old order. All of them, and not
/// those alone that name the table: one broken view anywhere makes RENAME fail, and triggers of one table keep their
/// order.
class dependants {
 public:
  explicit dependants(live_schema const& schema) : views_(schema.views), triggers_(schema.triggers) {}

  void drop(sqlite::connection& connection) const {
    for (auto each = triggers_.rbegin(); each != triggers_.rend(); ++each)
      connection.execute_script("drop trigger " + quoted_name(each->name));
    for (auto each = views_.rbegin(); each != views_.rend(); ++each)
      connection.execute_script("drop view " + quoted_name(each->name));
  }

  void recreate(sqlite::connection& connection) const {
    for (live_object const& view : views_) connection.execute_script(view.sql);
    for (live_object const& trigger : triggers_) connection.execute_script(trigger.sql);
  }

 private:
  std::vector<live_object> views_;
  std::vector<live_object> triggers_;
};

}  // namespace forge_db::migration::detail
