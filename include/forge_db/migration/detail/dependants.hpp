// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/detail/quoting.hpp>
#include <forge_db/migration/detail/sql_tokens.hpp>
#include <forge_db/migration/live_schema.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration::detail {

/// What the text of a CREATE TRIGGER says before its body.
struct trigger_event {
  std::string_view verb{};             ///< delete, insert or update
  std::vector<std::string> columns{};  ///< of UPDATE OF
};

inline trigger_event event_of(std::string_view trigger) {
  trigger_event event;
  for (token const& each : tokens_of(trigger)) {
    for (std::string_view verb : {"delete", "insert", "update"})
      if (event.verb.empty() && each.is_word(verb)) event.verb = verb;
    if (each.is_word("on") && !event.verb.empty()) break;
    if (event.verb == "update" && each.is_name() && !each.is_word("update") && !each.is_word("of"))
      event.columns.push_back(each.value);
  }
  return event;
}

/// A statement that makes SQLite compile the triggers for `verb` on a table or view with these writable columns.
inline std::string probing_statement(std::string_view verb, std::string const& target,
                                     std::vector<std::string> const& columns) {
  std::string const name = "main." + quoted_name(target);
  if (verb == "delete") return "delete from " + name;
  std::string const names = quoted_list(columns);
  if (verb == "insert") return "insert into " + name + " (" + names + ") select " + names + " from " + name;
  std::string set;
  for (std::string const& each : columns)
    set += (set.empty() ? "" : ", ") + quoted_name(each) + " = " + quoted_name(each);
  return "update " + name + " set " + set;
}

/// Columns that a statement may write; throws when a view does not work.
inline std::vector<std::string> writable_columns(sqlite::connection& connection, std::string const& target) {
  std::vector<std::string> names;
  auto rows = connection.prepare_once("select name from pragma_table_xinfo(" + literal(target) +
                                      ", 'main') where hidden = 0 order by cid");
  while (rows.step()) names.emplace_back(rows.text(0));
  return names;
}

/// Makes SQLite resolve every view, and every trigger by one statement on what it is on; answers those that fail, with
/// the engine's reason. Statements are prepared only, never run.
inline std::map<std::string, std::string> broken_dependants(sqlite::connection& connection, live_schema const& schema) {
  std::map<std::string, std::string> broken;
  auto const probe = [&](std::string const& object, auto const& statement) {
    try {
      connection.prepare_once(statement());
    } catch (sql_error const& failure) {
      broken.emplace(object, failure.context().engine_message);
    }
  };
  for (live_object const& view : schema.views)
    probe("view " + view.name, [&] { return "select * from main." + quoted_name(view.name) + " limit 0"; });
  for (live_object const& trigger : schema.triggers)
    probe("trigger " + trigger.name, [&] {
      return probing_statement(event_of(trigger.sql).verb, trigger.table, writable_columns(connection, trigger.table));
    });
  return broken;
}

/// Drops all views and triggers, and makes them again from their own texts in their old order. All of them, and not
/// those alone that name the table: one broken view anywhere makes RENAME fail, and triggers of one table keep their
/// order. Those of the connection's temporary schema too: a drop takes their triggers along without a word.
class dependants {
 public:
  dependants(sqlite::connection& connection, live_schema const& schema) {
    for (live_object const& each : schema.views) views_.push_back({"main." + quoted_name(each.name), each.sql});
    for (live_object const& each : schema.triggers) triggers_.push_back({"main." + quoted_name(each.name), each.sql});
    read_temporary(connection, "view", views_);
    read_temporary(connection, "trigger", triggers_);
  }

  void drop(sqlite::connection& connection) const {
    for (auto i = triggers_.size(); i > 0; --i) connection.execute_script("drop trigger " + triggers_[i - 1].name);
    for (auto i = views_.size(); i > 0; --i) connection.execute_script("drop view " + views_[i - 1].name);
  }

  void recreate(sqlite::connection& connection) const {
    for (kept_object const& view : views_) connection.execute_script(view.sql);
    for (kept_object const& trigger : triggers_) connection.execute_script(trigger.sql);
  }

 private:
  struct kept_object {
    std::string name;  ///< with the schema that it is in
    std::string sql;
  };

  /// SQLite leaves TEMP out of the text that it keeps.
  static void read_temporary(sqlite::connection& connection, std::string const& kind, std::vector<kept_object>& into) {
    auto rows = connection.prepare_once(
        "select name, substr(sql, length('create ')) from sqlite_temp_schema where type = " + literal(kind) +
        " order by rowid");
    while (rows.step())
      into.push_back({"temp." + quoted_name(rows.text(0)), "create temp" + std::string{rows.text(1)}});
  }

  std::vector<kept_object> views_{};
  std::vector<kept_object> triggers_{};
};

}  // namespace forge_db::migration::detail
