// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/migration/describe.hpp>
#include <forge_db/migration/detail/file_check.hpp>
#include <forge_db/migration/detail/judge.hpp>
#include <forge_db/migration/detail/known_schema.hpp>
#include <forge_db/migration/detail/ledger_check.hpp>
#include <forge_db/migration/detail/rebuild.hpp>
#include <forge_db/migration/report.hpp>
#include <forge_db/session/sessions.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// Rolls back whatever is still open.
struct transaction_guard {
  sqlite::connection& connection;
  ~transaction_guard() { connection.rollback(); }
};

/// Hand-written work beside which foreign keys have to stay on.
inline bool has_step(migration const& each) {
  for (operation const& op : each.operations)
    if (std::holds_alternative<data_step>(op) || std::holds_alternative<sql_step>(op)) return true;
  return false;
}

/// Errors that tell of the machine or of other processes, and not of the migration.
inline bool is_environment(error_code code) {
  return code == error_code::busy || code == error_code::interrupted || code == error_code::disk_full ||
         code == error_code::io_error || code == error_code::corrupt || code == error_code::read_only ||
         code == error_code::connection_lost;
}

/// Runs `work`; what it throws becomes a migration_failed that begins with `where`.
template <class Work>
void explained(std::string const& where, Work const& work) {
  static constexpr char after[] = "; its transaction was rolled back";
  try {
    work();
  } catch (error const& failure) {
    if (is_environment(failure.code())) throw;
    throw migration_failed("forge_db: " + where + ": " + failure.message() + after, failure.context());
  } catch (std::exception const& failure) {
    throw migration_failed("forge_db: " + where + ": " + failure.what() + after);
  }
}

inline void run_step(sqlite::connection& connection, step_function const& step, std::string const& where,
                     operation_report& into) {
  if (!step)
    throw migration_failed("forge_db: " + where + " requires a function to be supplied; pass it to migrations()");
  explained(where, [&] {
    auto session = forge_db::detail::session_access::write(connection);
    step_result result = step(session);
    into.rows = result.changed;
    into.notes = std::move(result.notes);
    if (!connection.in_transaction())
      throw session_misuse("the step ended the transaction that it was given; leave that to the runner");
    if (connection.statements_in_use() != 0)
      throw session_misuse("the step left a statement open; let none of them out of it");
  });
}

/// What an executor tells to and asks of whoever runs it.
struct execution_hooks {
  copy_progress rows_copied;
  std::function<void()> before_loss;  ///< Before the first thing is destroyed.
  std::function<void(operation const&, operation_report)> finished;
};

/// Runs the operations of one migration: is it so? may it run? is it so now? Rebuilds that follow each other are one.
class operation_executor {
 public:
  /// `place` is that of the migration's first operation among the operations of the whole list.
  operation_executor(sqlite::connection& connection, known_schema& live, history const& past, std::string const& schema,
                     migration const& of, std::size_t place, execution_hooks hooks)
      : connection_(connection),
        live_(live),
        past_(past),
        schema_(schema),
        migration_(of),
        place_(place),
        hooks_(std::move(hooks)) {}

  void run() {
    for (std::size_t index = 0; index < migration_.operations.size();) {
      auto const start = std::chrono::steady_clock::now();
      std::vector<verdict> const group = next_group(index);
      std::vector<operation_report> done = run_group(index, group);
      for (std::size_t i = 0; i < group.size(); ++i, ++index) {
        done[i].took = std::chrono::steady_clock::now() - start;
        hooks_.finished(migration_.operations[index], std::move(done[i]));
      }
    }
    if (file_) file_->prove();
    refuse_newly_broken();
  }

 private:
  /// SQLite drops and renames what a view or trigger needs without a word.
  void refuse_newly_broken() {
    if (!broken_before_) return;
    for (auto const& [object, reason] : broken_dependants(connection_, live_.now()))
      if (!broken_before_->contains(object))
        throw migration_failed("forge_db: upgrade of schema " + schema_ + ", " +
                               numbered(migration_.version, migration_.title) + ": " + object +
                               " would not work any more: " + reason +
                               "; drop it, or make it again, in the same migration; its transaction was rolled back");
  }

  verdict judged(std::size_t index) {
    return judge_operation({past_, place_ + index, live_.now(), connection_, connection_},
                           migration_.operations[index]);
  }

  static bool is_rebuild(verdict const& what) { return what.state == judgement::ready && what.way == rung::rebuild; }

  /// The operation at `index`; when it is a rebuild, those of other tables behind it, too.
  std::vector<verdict> next_group(std::size_t index) {
    std::vector<verdict> group{judged(index)};
    while (is_rebuild(group.front()) && index + group.size() < migration_.operations.size()) {
      verdict next = judged(index + group.size());
      if (!is_rebuild(next)) break;
      if (std::any_of(group.begin(), group.end(), [&](auto const& each) { return same_name(each.table, next.table); }))
        break;
      group.push_back(std::move(next));
    }
    return group;
  }

  std::string where(std::size_t index, std::size_t count) const {
    std::string text = "upgrade of schema " + schema_ + ", " + numbered(migration_.version, migration_.title) +
                       (count == 1 ? ", operation " : ", operations ") + std::to_string(index + 1);
    if (count != 1) text += " to " + std::to_string(index + count);
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? " (" : ", ") + describe(migration_.operations[index + i]);
    return text + ")";
  }

  std::vector<operation_report> run_group(std::size_t index, std::vector<verdict> const& group) {
    std::vector<operation_report> done;
    for (std::size_t i = 0; i < group.size(); ++i) done.push_back({describe(migration_.operations[index + i])});
    verdict const& first = group.front();
    std::string const here = where(index, group.size());
    if (first.state == judgement::refused)
      throw migration_failed("forge_db: " + here + ": " + first.why + "; its transaction was rolled back");
    if (first.state == judgement::recorded) {
      done[0].result = outcome::recorded;
      done[0].accepted = first.accepted;
    }
    if (first.state != judgement::ready) return done;
    if (!broken_before_ && first.way != rung::step) broken_before_ = broken_dependants(connection_, live_.now());
    for (operation_report& each : done) {
      each.result = first.way == rung::step ? outcome::data : outcome::applied;
      each.way = to_text(first.way);
    }
    explained(here, [&] {
      if (std::any_of(group.begin(), group.end(), [](verdict const& each) { return !each.destroys.empty(); }))
        hooks_.before_loss();
    });
    if (auto const* step = std::get_if<data_step>(&migration_.operations[index]))
      run_step(connection_, step->run, here, done[0]);
    else
      explained(here, [&] { is_rebuild(first) ? rebuild_tables(group, done) : execute(first, done[0]); });
    if (first.way != rung::step)
      for (std::size_t i = 0; i < group.size(); ++i) prove(index + i, done[i]);
    return done;
  }

  void rebuild_tables(std::vector<verdict> const& group, std::vector<operation_report>& done) {
    if (has_step(migration_))
      throw migration_failed(
          "the table has to be rebuilt (" + group.front().why +
          "), with foreign keys off for the whole migration, and the "
          "migration also holds a data or sql step, which needs them on; put the step in a migration of its own");
    if (!file_) file_.emplace(connection_);
    std::vector<rebuild_request> tables;
    tables.reserve(group.size());
    for (verdict const& each : group) tables.push_back(*each.rebuild);
    auto const rows = table_rebuild{connection_, live_.now(), tables, hooks_.rows_copied}.run();
    for (std::size_t i = 0; i < group.size(); ++i) {
      done[i].rows = rows[i];
      done[i].notes.push_back(group[i].why);
    }
  }

  void execute(verdict const& what, operation_report& done) {
    for (std::string const& statement : what.statements) {
      connection_.execute_script(statement);
      if (!connection_.in_transaction())
        throw migration_failed("the statement ended the migration's transaction; leave that to the runner");
    }
    if (what.way == rung::step) done.rows = connection_.changes();
  }

  void prove(std::size_t index, operation_report& done) {
    verdict const now = judged(index);
    if (now.state == judgement::recorded) done.accepted = now.accepted;
    if (now.state == judgement::already || now.state == judgement::recorded) return;
    throw migration_failed("forge_db: " + where(index, 1) + " ran, and the database is not so: " + now.why +
                           "; its transaction was rolled back");
  }

  sqlite::connection& connection_;
  known_schema& live_;
  history const& past_;
  std::string const& schema_;
  migration const& migration_;
  std::size_t place_;
  execution_hooks hooks_;
  std::optional<file_check> file_{};
  std::optional<std::map<std::string, std::string>> broken_before_{};
};

}  // namespace forge_db::migration::detail
