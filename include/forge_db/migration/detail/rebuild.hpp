// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/migration/detail/dependants.hpp>
#include <forge_db/migration/detail/evidence.hpp>
#include <forge_db/migration/detail/kept_tables.hpp>
#include <forge_db/migration/detail/rebuild_window.hpp>
#include <forge_db/migration/detail/row_checks.hpp>
#include <forge_db/migration/detail/verdict.hpp>
#include <forge_db/migration/introspect.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// Called with table, rows copied so far and rows in all.
using copy_progress = std::function<void(std::string const&, std::int64_t, std::int64_t)>;

/// Makes one table anew under its own name, and proves that nothing else changed: the only way in SQLite to change a
/// key, a type, a constraint or a default, and the one that has cost users of other tools their data.
///
/// Runs inside of a transaction within a rebuild_window. Throws migration_failed, with the transaction to be rolled
/// back, when any row, child row, key violation, view, trigger, index or sequence is not what it has to be.
class table_rebuild {
 public:
  table_rebuild(sqlite::connection& connection, live_schema const& before, rebuild_request const& request,
                copy_progress progress)
      : connection_(connection),
        before_(before),
        old_(*before.find_table(request.table)),
        target_(request.target),
        temporary_("_forge_new_" + old_.name),
        progress_(std::move(progress)) {}

  /// Answers how many rows were copied.
  std::int64_t run();

 private:
  struct evidence {
    table_digest own;
    std::map<std::string, table_digest> others{};
    violations broken_keys{};
    std::map<std::string, std::string> broken_objects{};
  };

  [[noreturn]] void fail(std::string const& what) const {
    error_context context;
    context.table = old_.name;
    throw migration_failed(
        "forge_db: rebuilding table " + old_.name + " would lose something: " + what + "; nothing was changed",
        std::move(context));
  }

  void clear_leftover();
  void read_lineage();
  evidence gather(live_schema const& schema, std::vector<std::string> const& expressions, std::string const& own) const;
  void copy_rows(std::int64_t total);
  void compare(evidence const& first, evidence const& last) const;
  void compare_schema(live_schema const& after) const;

  sqlite::connection& connection_;
  live_schema const& before_;
  live_table const& old_;
  table_text const& target_;
  std::string temporary_;
  copy_progress progress_;

  std::vector<std::string> identity_{};  ///< SQL of what identifies a row, the same in both tables
  std::vector<std::string> copied_{};    ///< columns that both tables have
  std::vector<std::string>
      digested_{};          ///< SQL of each of them, generated ones too, so that equal digests mean equal values
  std::string rowid_{};     ///< implicit rowid to carry over, or empty
  std::string step_key_{};  ///< rowid under any name, by which rows are copied in portions
};

/// The value that a column of another affinity has to keep: 5 and '5' are the same there, '007' and 7 are not.
inline std::string comparable(std::string const& column, affinity to) {
  if (to != affinity::real) return "cast(" + column + " as text)";
  std::string const real =
      "case typeof(" + column + ") when 'text' then cast(" + column + " as real) else " + column + " end";
  return "case when typeof(" + real + ") = 'real' and " + real + " = cast(" + real + " as integer) then cast(" + real +
         " as integer) else " + real + " end";
}

inline std::string key_text(table_text const& table) {
  std::string text;
  for (column_text const& column : table.columns)
    if (auto const* clause = column.find(clause_kind::primary_key))
      text += quoted_name(column.name) + column.type + clause->text;
  for (constraint_text const& each : table.constraints)
    if (each.kind == constraint_kind::primary_key) text += each.text;
  return text;
}

inline void table_rebuild::clear_leftover() {
  if (before_.find_table(temporary_) == nullptr) return;
  if (has_rows(connection_, temporary_))
    fail("table " + temporary_ + " exists with " + count_text(rows_of(connection_, temporary_), "in it") +
         ", and it is not ForgeDB's, whose own vanish with their transaction; rename or drop it");
  connection_.execute_script("drop table " + quoted_name(temporary_));
}

inline void table_rebuild::read_lineage() {
  for (column_text const& column : target_.columns) {
    live_column const* old = old_.find_column(column.name);
    if (old == nullptr) continue;
    if (!old->generated) copied_.push_back(old->name);
    std::string const source = "t." + quoted_name(old->name);
    affinity const to = affinity_of(column.type);
    digested_.push_back(to == affinity_of(old->type) ? source : comparable(source, to));
  }
  if (key_text(*old_.text) != key_text(target_)) return;  // rows get a new identity: only their values are compared
  live_column const* alias = old_.rowid_alias();
  std::string const implicit = rowid_name(old_);
  bool const target_has_rowid = !target_.without_rowid && !old_.without_rowid;
  if (target_has_rowid && alias == nullptr) rowid_ = implicit;
  if (target_has_rowid) step_key_ = alias != nullptr ? alias->name : implicit;
  identity_ = step_key_.empty() ? qualified(old_.primary_key()) : qualified({step_key_});
}

inline table_rebuild::evidence table_rebuild::gather(live_schema const& schema,
                                                     std::vector<std::string> const& expressions,
                                                     std::string const& own) const {
  evidence all{digest(connection_, own, identity_, expressions)};
  for (std::string const& name : tables_reaching(before_, old_.name))
    if (live_table const* other = schema.find_table(name)) all.others.emplace(name, digest(connection_, *other));
  all.broken_keys = violations_around(connection_, schema, old_.name);
  all.broken_objects = broken_dependants(connection_, schema);
  return all;
}

inline void table_rebuild::copy_rows(std::int64_t total) {
  static constexpr std::int64_t portion = 20000;
  std::string names;
  std::string values;
  auto const add = [&](std::string const& name) {
    names += (names.empty() ? "" : ", ") + quoted_name(name);
    values += (values.empty() ? "t." : ", t.") + quoted_name(name);
  };
  if (!rowid_.empty()) add(rowid_);
  for (std::string const& name : copied_) add(name);
  // OR ABORT overrules conflict clauses: a UNIQUE ... ON CONFLICT REPLACE would delete rows here.
  std::string const copy = "insert or abort into " + quoted_name(temporary_) + " (" + names + ") select " + values +
                           " from " + quoted_name(old_.name) + " t";
  if (names.empty()) return;
  if (step_key_.empty()) {
    connection_.execute_script(copy);
    return;
  }
  std::string const key = "t." + quoted_name(step_key_);
  std::string const order = " order by " + key + " limit " + std::to_string(portion);
  std::int64_t done = 0;
  std::string after;
  for (;;) {
    connection_.execute_script(copy + after + order);
    std::int64_t const copied = connection_.changes();
    done += copied;
    if (progress_) progress_(old_.name, done, total);
    if (copied < portion) return;
    auto last = connection_.prepare_once("select " + key + " from " + quoted_name(old_.name) + " t" + after +
                                         " order by " + key + " limit 1 offset " + std::to_string(portion - 1));
    last.step();
    after = " where " + key + " > " + std::to_string(last.int64(0));
  }
}

inline void table_rebuild::compare(evidence const& first, evidence const& last) const {
  if (first.own.rows != last.own.rows)
    fail("it had " + std::to_string(first.own.rows) + " rows and would have " + std::to_string(last.own.rows));
  std::size_t at = 0;
  for (column_text const& column : target_.columns) {
    if (old_.find_column(column.name) == nullptr) continue;
    if (first.own.columns[at] != last.own.columns[at]) fail("values of column " + column.name + " would change");
    ++at;
  }
  for (auto const& [name, digest] : first.others) {
    auto const found = last.others.find(name);
    if (found == last.others.end() || !(found->second == digest))
      fail("rows of table " + name + ", which references it, would change");
  }
  for (auto const& [row, count] : last.broken_keys) {
    auto const found = first.broken_keys.find(row);
    if (found == first.broken_keys.end() || found->second < count) fail("a foreign key would lose its row");
  }
  for (auto const& [object, reason] : last.broken_objects)
    if (!first.broken_objects.contains(object)) fail(object + " would not work any more: " + reason);
}

inline void table_rebuild::compare_schema(live_schema const& after) const {
  live_table const* made = after.find_table(old_.name);
  if (made == nullptr || !made->text) fail("the new table is missing");
  if (render_table(*made->text, "t") != render_table(target_, "t"))
    fail("the new table is not the one that was planned");
  for (auto const& [name, table] : before_.tables) {
    if (&table == &old_ || same_name(name, temporary_)) continue;
    live_table const* now = after.find_table(name);
    if (now == nullptr || now->sql != table.sql || now->indexes != table.indexes)
      fail("table " + table.name + " would be altered");
  }
  if (after.tables.size() + (before_.find_table(temporary_) != nullptr ? 1 : 0) != before_.tables.size())
    fail("a table would appear or vanish");
  for (live_index const& index : old_.indexes)
    if (index.origin == 'c' && after.find_index(index.name) == nullptr) fail("index " + index.name + " would vanish");
  if (after.views != before_.views || after.triggers != before_.triggers) fail("a view or trigger would be altered");
}

inline std::int64_t table_rebuild::run() {
  if (!connection_.in_transaction() || !rebuild_window::is_open(connection_))
    fail("foreign keys are on, and dropping it would delete its children");
  clear_leftover();
  read_lineage();
  evidence const first = gather(before_, digested_, old_.name);
  kept_sequence const sequence{connection_, old_.name};
  kept_statistics const statistics{connection_, old_.name};
  dependants const others{before_};
  others.drop(connection_);

  connection_.execute_script(render_table(target_, temporary_));
  copy_rows(first.own.rows);
  if (!(digest(connection_, temporary_, identity_, digested_) == first.own)) {
    evidence copied = first;
    copied.own = digest(connection_, temporary_, identity_, digested_);
    compare(first, copied);
  }
  connection_.execute_script("drop table " + quoted_name(old_.name));
  connection_.execute_script("alter table " + quoted_name(temporary_) + " rename to " + quoted_name(old_.name));
  if (old_.autoincrement) sequence.restore(connection_);
  for (live_index const& index : old_.indexes)
    if (index.origin == 'c') connection_.execute_script(index.sql);
  others.recreate(connection_);
  statistics.restore(connection_);

  live_schema const after = introspect(connection_);
  compare_schema(after);
  compare(first, gather(after, digested_, old_.name));
  auto check = connection_.prepare_once("pragma quick_check(" + literal(old_.name) + ")");
  while (check.step())
    if (check.text(0) != "ok") fail("quick_check says: " + std::string{check.text(0)});
  return first.own.rows;
}

}  // namespace forge_db::migration::detail
