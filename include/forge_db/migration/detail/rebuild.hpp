// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/dependants.hpp>
#include <forge_db/migration/detail/evidence.hpp>
#include <forge_db/migration/detail/rebuild_window.hpp>
#include <forge_db/migration/detail/table_copy.hpp>
#include <forge_db/migration/detail/verdict.hpp>
#include <forge_db/migration/introspect.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// Makes tables anew under their own names, and proves that nothing else changed: the only way in SQLite to change a
/// key, a type, a constraint or a default, and the one that has cost users of other tools their data.
///
/// Several tables are one rebuild: all of them are copied before the first is dropped. Runs inside of a transaction
/// within a rebuild_window. Throws migration_failed, with the transaction to be rolled back, when any row, child row,
/// key violation, view, trigger, index or sequence is not what it has to be.
class table_rebuild {
 public:
  /// `tables` name different tables of `before`, and must live as long as the object.
  table_rebuild(sqlite::connection& connection, live_schema const& before, std::vector<rebuild_request> const& tables,
                copy_progress progress)
      : connection_(connection), before_(before), requests_(tables), progress_(std::move(progress)) {}

  /// Answers how many rows of each table were copied.
  std::vector<std::int64_t> run();

 private:
  struct surroundings {
    std::map<std::string, table_digest> children{};
    violations broken_keys{};
    std::map<std::string, std::string> broken_objects{};
  };

  std::vector<std::string> names() const;
  bool is_rebuilt(live_table const& table) const;
  surroundings look_around(live_schema const& schema) const;
  void compare(surroundings const& first, surroundings const& last) const;
  void compare_others(live_schema const& after) const;
  [[noreturn]] void fail(std::string const& what) const { refuse_rebuild(joined(names()), what); }

  sqlite::connection& connection_;
  live_schema const& before_;
  std::vector<rebuild_request> const& requests_;
  copy_progress progress_;
  std::vector<table_copy> copies_{};
};

inline std::vector<std::string> table_rebuild::names() const {
  std::vector<std::string> all;
  for (rebuild_request const& each : requests_) all.push_back(each.table);
  return all;
}

inline bool table_rebuild::is_rebuilt(live_table const& table) const {
  return std::any_of(requests_.begin(), requests_.end(),
                     [&](rebuild_request const& each) { return same_name(each.table, table.name); });
}

inline table_rebuild::surroundings table_rebuild::look_around(live_schema const& schema) const {
  surroundings all;
  for (std::string const& name : tables_reaching(before_, names()))
    if (live_table const* child = schema.find_table(name)) all.children.emplace(name, digest(connection_, *child));
  all.broken_keys = violations_around(connection_, schema, names());
  all.broken_objects = broken_dependants(connection_, schema);
  return all;
}

inline void table_rebuild::compare(surroundings const& first, surroundings const& last) const {
  for (auto const& [name, digest] : first.children) {
    auto const found = last.children.find(name);
    if (found == last.children.end() || !(found->second == digest))
      fail("rows of table " + name + ", which references it, would change");
  }
  for (auto const& [row, count] : last.broken_keys) {
    auto const found = first.broken_keys.find(row);
    if (found == first.broken_keys.end() || found->second < count) fail("a foreign key would lose its row");
  }
  for (auto const& [object, reason] : last.broken_objects)
    if (!first.broken_objects.contains(object)) fail(object + " would not work any more: " + reason);
}

inline void table_rebuild::compare_others(live_schema const& after) const {
  std::size_t leftovers = 0;
  for (table_copy const& each : copies_) leftovers += before_.find_table(each.temporary()) != nullptr ? 1U : 0U;
  for (auto const& [name, table] : before_.tables) {
    bool const leftover = std::any_of(copies_.begin(), copies_.end(), [&own = table.name](table_copy const& each) {
      return same_name(each.temporary(), own);
    });
    if (is_rebuilt(table) || leftover) continue;
    live_table const* now = after.find_table(name);
    if (now == nullptr || now->sql != table.sql || now->indexes != table.indexes)
      fail("table " + table.name + " would be altered");
  }
  if (after.tables.size() + leftovers != before_.tables.size()) fail("a table would appear or vanish");
  if (after.views != before_.views || after.triggers != before_.triggers) fail("a view or trigger would be altered");
}

inline std::vector<std::int64_t> table_rebuild::run() {
  if (!connection_.in_transaction() || !rebuild_window::is_open(connection_))
    fail("foreign keys are on, and dropping it would delete its children");
  surroundings const first = look_around(before_);
  copies_.reserve(requests_.size());
  for (rebuild_request const& each : requests_) copies_.emplace_back(connection_, before_, each, progress_);
  dependants const others{connection_, before_};
  others.drop(connection_);
  for (table_copy& each : copies_) each.fill();
  for (table_copy& each : copies_) each.drop_old();
  for (table_copy& each : copies_) each.take_name();
  others.recreate(connection_);
  for (table_copy& each : copies_) each.restore_statistics();

  live_schema const after = introspect(connection_);
  compare_others(after);
  for (table_copy& each : copies_) each.prove(after);
  compare(first, look_around(after));
  std::vector<std::int64_t> rows;
  for (table_copy const& each : copies_) rows.push_back(each.rows());
  return rows;
}

}  // namespace forge_db::migration::detail
