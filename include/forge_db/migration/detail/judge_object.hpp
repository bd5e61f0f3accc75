// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/ddl.hpp>
#include <forge_db/migration/detail/dependants.hpp>
#include <forge_db/migration/detail/judge_table.hpp>
#include <forge_db/migration/detail/verdict.hpp>

#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration::detail {

// Views and triggers: they hold no rows, and SQLite makes them without looking whether they work.

struct view_kind {
  using definition = view_def;
  static constexpr auto replayed = &replayed_schema::views;
  static constexpr auto final_state = &list::views;
  static constexpr char const* word = "view";

  static live_object const* find(live_schema const& live, std::string const& name) { return live.find_view(name); }
  static std::string sql(view_def const& view) { return create_view_sql(view, dialect::sqlite); }
  static auto compare(view_def const& view, live_object const& found, renames const& changes) {
    return compare_view(view, found, changes);
  }
  static live_schema alone(view_def const& view) {
    live_schema schema;
    schema.views.push_back({view.name, {}, sql(view)});
    return schema;
  }
};

struct trigger_kind {
  using definition = trigger_def;
  static constexpr auto replayed = &replayed_schema::triggers;
  static constexpr auto final_state = &list::triggers;
  static constexpr char const* word = "trigger";

  static live_object const* find(live_schema const& live, std::string const& name) { return live.find_trigger(name); }
  static std::string sql(trigger_def const& trigger) { return create_trigger_sql(trigger, dialect::sqlite); }
  static auto compare(trigger_def const& trigger, live_object const& found, renames const& changes) {
    return compare_trigger(trigger, found, changes);
  }
  static live_schema alone(trigger_def const& trigger) {
    live_schema schema;
    schema.triggers.push_back({trigger.name, trigger.table, sql(trigger)});
    return schema;
  }
};

struct full_text_kind {
  using definition = full_text_def;
  static constexpr auto replayed = &replayed_schema::full_texts;
  static constexpr auto final_state = &list::full_texts;
  static constexpr char const* word = "full text";

  static live_object const* find(live_schema const& live, std::string const& name) {
    return live.find_virtual_table(name);
  }
  static std::string sql(full_text_def const& index) { return create_full_text_sql(index, dialect::sqlite); }
  static auto compare(full_text_def const& index, live_object const& found, renames const& changes) {
    return compare_full_text(index, found, changes);
  }
  static live_schema alone(full_text_def const&) { return {}; }
};

/// Makes the object for a moment and has it compiled; answers the engine's complaint, or nothing when it works.
template <class Kind>
std::string complaint_about(sqlite::connection& connection, typename Kind::definition const& wanted) {
  connection.execute_script("savepoint forge_trial");
  std::string complaint;
  try {
    connection.execute_script(Kind::sql(wanted));
    auto const broken = broken_dependants(connection, Kind::alone(wanted));
    if (!broken.empty()) complaint = broken.begin()->second;
  } catch (sql_error const& failure) {
    complaint = failure.context().engine_message;
  }
  connection.execute_script("rollback to forge_trial; release forge_trial");
  return complaint;
}

template <class Kind>
verdict judge_creation(scene const& at, typename Kind::definition const& wanted) {
  if (wanted.sqlite.empty()) return already();
  auto versions = at.past.future_of(Kind::replayed, at.at, wanted.name);
  for (auto const& last : at.past.source().*Kind::final_state)
    if (last.name == wanted.name) versions.push_back(last);  // in the names that tables and columns have at the end
  if (live_object const* found = Kind::find(at.live, wanted.name)) {
    for (auto const& version : versions)
      if (Kind::compare(version, *found, at.past.all_renames()).empty()) return already();
    return conflict(Kind::compare(wanted, *found, {}).front());
  }
  std::string const object = std::string{Kind::word} + " " + wanted.name;
  if (Kind::word == view_kind::word &&
      (at.live.find_table(wanted.name) != nullptr || is_name_taken(at.live, wanted.name)))
    return refused(object, "no other object of this name", "a table or index", "rename or drop that object");
  std::string complaint = complaint_about<Kind>(at.schema, wanted);
  if (complaint.empty())
    return native(Kind::sql(wanted), wanted.name, std::string{"the "} + Kind::word + " does not exist");
  // Or what it reads has moved on: renamed, or gone together with it.
  if (at.past.is_dropped(Kind::replayed, at.at, wanted.name)) return already();
  if (!versions.empty() && versions.back() != wanted && complaint_about<Kind>(at.schema, versions.back()).empty())
    return native(Kind::sql(versions.back()), wanted.name, std::string{"the "} + Kind::word + " does not exist");
  return refused(object, "one that works", complaint, "correct it, or make what it needs in an earlier operation");
}

template <class Kind>
verdict judge_drop(scene const& at, typename Kind::definition const& gone, std::vector<std::string> const& statements) {
  if (gone.sqlite.empty()) return already();
  live_object const* found = Kind::find(at.live, gone.name);
  if (found == nullptr) return already();
  if (auto const differs = Kind::compare(gone, *found, at.past.all_renames()); !differs.empty()) {
    for (auto const& later : at.past.future_of(Kind::replayed, at.at, gone.name))
      if (Kind::compare(later, *found, at.past.all_renames()).empty()) return already();
    return conflict(differs.front());
  }
  return native(statements.front(), gone.name);
}

inline verdict judge(scene const& at, create_view const& op) { return judge_creation<view_kind>(at, op.view); }
inline verdict judge(scene const& at, create_trigger const& op) { return judge_creation<trigger_kind>(at, op.trigger); }
/// Its triggers write to a virtual table, which SQLite lets only schemas do that it trusts.
inline verdict judge(scene const& at, create_full_text const& op) {
  verdict answer = judge_creation<full_text_kind>(at, op.index);
  if (answer.state != judgement::ready) return answer;
  auto trusted = at.rows.prepare_once("pragma trusted_schema");
  if (trusted.step() && trusted.int64(0) == 0)
    return refused("full text " + op.index.name, "a connection that trusts the schema", "one that does not",
                   "open the database with options::trusted_schema, always");
  answer.statements = statements(op, dialect::sqlite);
  return answer;
}
inline verdict judge(scene const& at, drop_full_text const& op) {
  return judge_drop<full_text_kind>(at, op.index, statements(op, dialect::sqlite));
}
inline verdict judge(scene const& at, drop_view const& op) {
  return judge_drop<view_kind>(at, op.view, statements(op, dialect::sqlite));
}
inline verdict judge(scene const& at, drop_trigger const& op) {
  return judge_drop<trigger_kind>(at, op.trigger, statements(op, dialect::sqlite));
}

}  // namespace forge_db::migration::detail
