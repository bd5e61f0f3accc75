// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/migration/describe.hpp>
#include <forge_db/migration/detail/judge.hpp>
#include <forge_db/migration/detail/rebuild.hpp>
#include <forge_db/migration/introspect.hpp>
#include <forge_db/migration/report.hpp>
#include <forge_db/session/sessions.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>

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

/// Runs the operations of one migration: is it so? may it run? is it so now?
class operation_executor {
 public:
  operation_executor(sqlite::connection& connection, history const& past, std::string const& schema,
                     migration const& of, copy_progress progress)
      : connection_(connection), past_(past), schema_(schema), migration_(of), progress_(std::move(progress)) {}

  /// `place` counts the operations of the whole list, `index` those of the migration.
  operation_report run(std::size_t place, std::size_t index) {
    operation const& op = migration_.operations[index];
    auto const start = std::chrono::steady_clock::now();
    std::string const what = describe(op);
    std::string const where = "upgrade of schema " + schema_ + ", migration " + std::to_string(migration_.version) +
                              " \"" + migration_.title + "\", operation " + std::to_string(index + 1) + " (" + what +
                              ")";
    operation_report done{what};
    if (!live_) live_ = introspect(connection_);
    verdict const first = judge_operation({past_, place, *live_, connection_}, op);
    if (first.state == judgement::refused)
      throw migration_failed("forge_db: " + where + ": " + first.why + "; its transaction was rolled back");
    if (first.state == judgement::ready) {
      done.result = first.way == rung::step ? outcome::data : outcome::applied;
      done.way = to_text(first.way);
      if (auto const* step = std::get_if<data_step>(&op))
        run_step(connection_, step->run, where, done);
      else
        explained(where, [&] { perform(first, done); });
      live_ = introspect(connection_);
      if (first.way != rung::step) prove(where, place, op, done);
    } else if (first.state == judgement::recorded) {
      done.result = outcome::recorded;
      done.accepted = first.accepted;
    }
    done.took = std::chrono::steady_clock::now() - start;
    return done;
  }

 private:
  void perform(verdict const& what, operation_report& done) {
    if (what.way == rung::rebuild) {
      if (has_step(migration_))
        throw migration_failed(
            "the table has to be rebuilt (" + what.why +
            "), with foreign keys off for the whole migration, and the "
            "migration also holds a data or sql step, which needs them on; put the step in a migration of its own");
      done.rows = table_rebuild{connection_, *live_, *what.rebuild, progress_}.run();
      done.notes.push_back(what.why);
      return;
    }
    for (std::string const& statement : what.statements) {
      connection_.execute_script(statement);
      if (!connection_.in_transaction())
        throw migration_failed("the statement ended the migration's transaction; leave that to the runner");
    }
    if (what.way == rung::step) done.rows = connection_.changes();
  }

  void prove(std::string const& where, std::size_t place, operation const& op, operation_report& done) {
    verdict const now = judge_operation({past_, place, *live_, connection_}, op);
    if (now.state == judgement::recorded) done.accepted = now.accepted;
    if (now.state == judgement::already || now.state == judgement::recorded) return;
    throw migration_failed("forge_db: " + where + " ran, and the database is not so: " + now.why +
                           "; its transaction was rolled back");
  }

  sqlite::connection& connection_;
  history const& past_;
  std::string const& schema_;
  migration const& migration_;
  copy_progress progress_;
  std::optional<live_schema> live_{};
};

}  // namespace forge_db::migration::detail
