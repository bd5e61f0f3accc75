// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/migration/detail/double_quotes.hpp>
#include <forge_db/migration/detail/evidence.hpp>
#include <forge_db/migration/detail/kept_tables.hpp>
#include <forge_db/migration/detail/row_checks.hpp>
#include <forge_db/migration/detail/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// Called with table, rows copied so far and rows in all.
using copy_progress = std::function<void(std::string const&, std::int64_t, std::int64_t)>;

[[noreturn]] inline void refuse_rebuild(std::string const& table, std::string const& what) {
  error_context context;
  context.table = table;
  throw migration_failed(
      "forge_db: rebuilding table " + table + " would lose something: " + what + "; nothing was changed",
      std::move(context));
}

/// One table of a rebuild: what it held, its copy, and the proof that both hold the same. The functions are called in
/// the order in which they stand here, each for all tables of the rebuild before the next one.
class table_copy {
 public:
  table_copy(sqlite::connection& connection, live_schema const& before, rebuild_request const& request,
             copy_progress const& progress);

  void fill();                         ///< Creates the new table under a temporary name, with all rows.
  void drop_old();                     ///< The rows live in the copy only from now on.
  void take_name();                    ///< The copy gets name, sequence and indexes of the table.
  void restore_statistics();           ///< After views and triggers are back.
  void prove(live_schema const& now);  ///< The table is what was planned and holds what it held.

  live_table const& old() const { return old_; }
  std::string const& temporary() const { return temporary_; }
  std::int64_t rows() const { return held_.rows; }

 private:
  struct digested_column {
    std::string name;
    std::string sql;
  };

  [[noreturn]] void fail(std::string const& what) const { refuse_rebuild(old_.name, what); }

  table_digest digest_of(std::string const& table) const;
  void clear_leftover(live_schema const& before);
  void read_lineage();
  void copy_rows();
  void compare(table_digest const& found) const;

  sqlite::connection& connection_;
  live_table const& old_;
  table_text target_;
  std::string temporary_;
  copy_progress const& progress_;

  std::vector<std::string> identity_{};      ///< SQL of what identifies a row, the same in both tables
  std::vector<std::string> copied_{};        ///< columns that both tables have
  std::vector<digested_column> digested_{};  ///< generated ones too, so that equal digests mean equal values
  std::string rowid_{};                      ///< implicit rowid to carry over, or empty
  std::string step_key_{};                   ///< rowid under any name, by which rows are copied in portions
  table_digest held_{};
  kept_sequence sequence_;
  kept_statistics statistics_;
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

inline table_copy::table_copy(sqlite::connection& connection, live_schema const& before, rebuild_request const& request,
                              copy_progress const& progress)
    : connection_(connection),
      old_(*before.find_table(request.table)),
      target_(with_single_quotes(request.target, old_)),
      temporary_("_forge_new_" + old_.name),
      progress_(progress),
      sequence_(connection, old_.name),
      statistics_(connection, old_.name) {
  clear_leftover(before);
  read_lineage();
  held_ = digest_of(old_.name);
}

inline void table_copy::clear_leftover(live_schema const& before) {
  if (before.find_table(temporary_) == nullptr) return;
  if (has_rows(connection_, temporary_))
    fail("table " + temporary_ + " exists with " + count_text(rows_of(connection_, temporary_), "in it") +
         ", and it is not ForgeDB's, whose own vanish with their transaction; rename or drop it");
  connection_.execute_script("drop table " + quoted_name(temporary_));
}

inline void table_copy::read_lineage() {
  for (column_text const& column : target_.columns) {
    live_column const* old = old_.find_column(column.name);
    if (old == nullptr) continue;
    column_clause const* computed = column.find(clause_kind::generated);
    if (computed == nullptr) copied_.push_back(old->name);
    if (computed != nullptr && old->generated && bracketed_expression(computed->text) != old->expression)
      continue;  // another expression is asked for, and has other values
    std::string const source = "t." + quoted_name(old->name);
    affinity const to = affinity_of(column.type);
    digested_.push_back({column.name, to == affinity_of(old->type) ? source : comparable(source, to)});
  }
  if (key_text(*old_.text) != key_text(target_)) return;  // rows get a new identity: only their values are compared
  live_column const* alias = old_.rowid_alias();
  std::string const implicit = rowid_name(old_, &target_);
  bool const target_has_rowid = !target_.without_rowid && !old_.without_rowid;
  if (target_has_rowid && alias == nullptr) rowid_ = implicit;
  if (target_has_rowid) step_key_ = alias != nullptr ? alias->name : implicit;
  identity_ = step_key_.empty() ? qualified(old_.primary_key()) : qualified({step_key_});
}

inline table_digest table_copy::digest_of(std::string const& table) const {
  std::vector<std::string> columns;
  for (digested_column const& each : digested_) columns.push_back(each.sql);
  return digest(connection_, table, identity_, columns);
}

inline void table_copy::fill() {
  connection_.execute_script(render_table(target_, temporary_));
  copy_rows();
  compare(digest_of(temporary_));
}

inline void table_copy::copy_rows() {
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
    if (progress_) progress_(old_.name, done, held_.rows);
    if (copied < portion) return;
    auto last = connection_.prepare_once("select " + key + " from " + quoted_name(old_.name) + " t" + after +
                                         " order by " + key + " limit 1 offset " + std::to_string(portion - 1));
    last.step();
    after = " where " + key + " > " + std::to_string(last.int64(0));
  }
}

inline void table_copy::compare(table_digest const& found) const {
  if (held_.rows != found.rows)
    fail("it had " + std::to_string(held_.rows) + " rows and would have " + std::to_string(found.rows));
  for (std::size_t at = 0; at < digested_.size(); ++at)
    if (held_.columns[at] != found.columns[at]) fail("values of column " + digested_[at].name + " would change");
}

inline void table_copy::drop_old() { connection_.execute_script("drop table " + quoted_name(old_.name)); }

inline void table_copy::take_name() {
  connection_.execute_script("alter table " + quoted_name(temporary_) + " rename to " + quoted_name(old_.name));
  if (old_.autoincrement) sequence_.restore(connection_);
  for (live_index const& index : old_.indexes)
    if (index.origin == 'c') connection_.execute_script(with_single_quotes(index.sql, old_));
}

inline void table_copy::restore_statistics() { statistics_.restore(connection_); }

inline void table_copy::prove(live_schema const& now) {
  live_table const* made = now.find_table(old_.name);
  if (made == nullptr || !made->text) fail("the new table is missing");
  if (render_table(*made->text, "t") != render_table(target_, "t"))
    fail("the new table is not the one that was planned");
  for (live_index const& index : old_.indexes)
    if (index.origin == 'c' && now.find_index(index.name) == nullptr) fail("index " + index.name + " would vanish");
  compare(digest_of(old_.name));
}

}  // namespace forge_db::migration::detail
