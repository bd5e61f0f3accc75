// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/migration/chain.hpp>
#include <forge_db/migration/detail/execute_operation.hpp>
#include <forge_db/migration/detail/file_check.hpp>
#include <forge_db/migration/detail/final_state.hpp>
#include <forge_db/migration/detail/ledger_check.hpp>
#include <forge_db/migration/detail/snapshot.hpp>
#include <forge_db/migration/detail/upgrade_connection.hpp>
#include <forge_db/migration/ledger.hpp>
#include <forge_db/migration/observer.hpp>
#include <forge_db/migration/report.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// One call of runner::upgrade.
class upgrade {
 public:
  upgrade(sqlite::connection& connection, std::vector<list const*> const& schemas, observer* watcher,
          upgrade_options const& options)
      : connection_(connection),
        ledger_(connection),
        live_(connection),
        schemas_(schemas),
        watcher_(watcher == nullptr ? &nobody_ : watcher),
        options_(options) {}

  report run();

 private:
  using clock = std::chrono::steady_clock;

  bool read_heads();
  bool is_pending() const;
  void create_ledger();
  void continue_list(list const& schema, schema_report& into);
  std::optional<migration_report> run_migration(list const& schema, std::size_t at);
  migration_report run_operations(list const& schema, std::size_t at, std::optional<snapshot>& kept);
  void record(list const& schema, migration const& each, migration_report const& done);
  void run_every_start(list const& schema, schema_report& into);
  void finish();
  void keep_accepted(std::string const& schema, operation const& op, operation_report const& done);

  sqlite::connection& connection_;
  ledger ledger_;
  known_schema live_;
  std::vector<list const*> const& schemas_;
  observer nobody_{};
  observer* watcher_;
  upgrade_options const& options_;
  bool is_new_ = false;  ///< the file had no table when this run began
  std::int64_t cookie_ = 0;
  report report_{};
};

inline report upgrade::run() {
  auto const start = clock::now();
  if (connection_.in_transaction())
    throw session_misuse("forge_db: upgrade requires its connection to be outside of any transaction; end it first");
  refuse_wrong_order(schemas_);
  bool const up_to_date = read_heads();
  std::optional<patient_connection> patience;
  if (!up_to_date) {
    patience.emplace(connection_);
    refuse_shadows(connection_, schemas_);
    refuse_missing(ledger_, schemas_);
    is_new_ = !connection_.prepare_once("select 1 from sqlite_schema where type = 'table' limit 1").step();
    if (!is_new_ && is_pending()) refuse_damage(connection_);
    create_ledger();
  }
  for (std::size_t i = 0; i < schemas_.size(); ++i) {
    if (!up_to_date) continue_list(*schemas_[i], report_.schemas[i]);
    run_every_start(*schemas_[i], report_.schemas[i]);
  }
  if (!up_to_date) finish();
  report_.took = clock::now() - start;
  return std::move(report_);
}

/// The whole work of an up-to-date start: SQLite's counter and one row per schema.
inline bool upgrade::read_heads() {
  bool all = true;
  for (list const* schema : schemas_) {
    cookie_ = connection_.schema_cookie();
    auto const head = ledger_.head(schema->schema);
    schema_report& into = report_.schemas.emplace_back();
    into.schema = schema->schema;
    if (head && head->version >= 0) into.from = into.to = head->version;
    into.up_to_date = head && head->cookie == cookie_ && head->chain == chain_of(*schema);
    all &= into.up_to_date;
  }
  return all;
}

inline bool upgrade::is_pending() const {
  for (std::size_t i = 0; i < schemas_.size(); ++i) {
    auto const& all = schemas_[i]->migrations;
    if (!all.empty() && report_.schemas[i].to.value_or(-1) < all.back().version) return true;
  }
  return false;
}

inline void upgrade::create_ledger() {
  connection_.begin_write();
  transaction_guard const undo{connection_};
  ledger_.create();
  connection_.commit();
}

inline void upgrade::continue_list(list const& schema, schema_report& into) {
  auto const rows = ledger_.rows(schema.schema);
  ledger_check const check{schema, rows, ledger_.head(schema.schema)};
  if (!check.problems().empty())
    throw migration_failed("forge_db: upgrade of schema " + schema.schema + ": " + check.problems().front() +
                           "; nothing was changed");
  if (!rows.empty()) into.to = rows.back().version;  // another process may have run them since read_heads()
  for (std::size_t at = rows.size(); at < schema.migrations.size(); ++at) {
    auto done = run_migration(schema, at);
    into.to = schema.migrations[at].version;
    if (done) into.migrations.push_back(std::move(*done));
  }
}

/// Nothing when another process ran it in the meantime.
inline std::optional<migration_report> upgrade::run_migration(list const& schema, std::size_t at) {
  migration const& each = schema.migrations[at];
  auto const start = clock::now();
  watcher_->migration_started(schema.schema, each);
  // Foreign keys stay on for steps, whose deletes must cascade, and are off for whatever may become a rebuild.
  std::optional<rebuild_window> window;
  if (!has_step(each)) window.emplace(connection_);
  connection_.begin_write();
  transaction_guard const undo{connection_};
  auto const head = ledger_.head(schema.schema);
  if (head && head->version >= each.version) return std::nullopt;
  std::string const link = head ? head->chain : chain_start(schema.schema);
  std::optional<snapshot> kept;
  migration_report done = run_operations(schema, at, kept);
  record(schema, each, done);
  ledger_.set_head(schema.schema, {each.version, chain_link(link, each), head ? head->fingerprint : std::string{}, -1});
  connection_.commit();
  if (kept) kept->keep();
  done.took = clock::now() - start;
  watcher_->migration_finished(schema.schema, done);
  return done;
}

inline migration_report upgrade::run_operations(list const& schema, std::size_t at, std::optional<snapshot>& kept) {
  migration const& each = schema.migrations[at];
  history const past{schema};
  std::size_t place = 0;
  for (std::size_t i = 0; i < at; ++i) place += schema.migrations[i].operations.size();
  migration_report done{each.version, each.title, true};
  execution_hooks hooks;
  hooks.rows_copied = [this](std::string const& table, std::int64_t copied, std::int64_t total) {
    watcher_->rows_copied(table, copied, total);
  };
  // With a rollback journal nobody reads the file once uncommitted pages had to be written to it: so the copy is made
  // before the first operation, and thrown away when nothing was destroyed.
  bool needed = false;
  bool const wanted = !is_new_ && options_.snapshots;
  if (wanted && !has_write_ahead_log(connection_) && may_destroy(each))
    kept.emplace(connection_, schema.schema, each, options_);
  hooks.before_loss = [&] {
    if (!wanted || needed) return;
    needed = true;
    if (!kept) kept.emplace(connection_, schema.schema, each, options_);
    done.snapshot = kept->path();
    if (!done.snapshot.empty()) watcher_->snapshot_made(schema.schema, each, done.snapshot);
  };
  hooks.finished = [&](operation const& op, operation_report one) {
    done.adopted &= one.result == outcome::already || one.result == outcome::recorded;
    keep_accepted(schema.schema, op, one);
    watcher_->operation_finished(schema.schema, each.version, one);
    done.operations.push_back(std::move(one));
  };
  operation_executor{connection_, live_, past, schema.schema, each, place, std::move(hooks)}.run();
  if (!needed) kept.reset();
  return done;
}

/// Recorded differences carry the names that the table has now, so a rename goes along.
inline void upgrade::keep_accepted(std::string const& schema, operation const& op, operation_report const& done) {
  auto const* table = std::get_if<rename_table>(&op);
  auto const* column = std::get_if<rename_column>(&op);
  if (done.accepted.empty() && ((table == nullptr && column == nullptr) || done.result != outcome::applied)) return;
  auto all = ledger_.accepted(schema);
  for (difference& each : all) {
    if (table != nullptr && same_name(each.table, table->from)) each.table = table->to;
    if (column != nullptr && same_name(each.table, column->table) && same_name(each.element, column->from))
      each.element = column->to;
  }
  for (difference const& each : done.accepted) {
    std::erase_if(all, [&](difference const& old) {
      return old.kind == each.kind && old.table == each.table && old.element == each.element;
    });
    all.push_back(each);
  }
  ledger_.set_accepted(schema, all);
}

inline void upgrade::record(list const& schema, migration const& each, migration_report const& done) {
  auto const before = ledger_.rows(schema.schema);
  std::string const link = before.empty() ? chain_start(schema.schema) : before.back().chain;
  ledger_row row{each.version, each.title, each.hash, chain_link(link, each), done.adopted ? "adopted" : "applied"};
  row.applied_at = timestamp_text(timestamp::now());
  ledger_.append(schema.schema, std::move(row));
}

inline void upgrade::run_every_start(list const& schema, schema_report& into) {
  for (every_start_step const& step : schema.every_start) {
    auto const start = clock::now();
    connection_.begin_write();
    transaction_guard const undo{connection_};
    operation_report done{"every start: " + step.name, outcome::data, "step"};
    run_step(connection_, step.run, "schema " + schema.schema + ", step " + step.name + " of every start", done);
    connection_.commit();
    done.took = clock::now() - start;
    watcher_->operation_finished(schema.schema, into.to.value_or(-1), done);
    into.every_start.push_back(std::move(done));
  }
}

/// Looks at the whole schema once and remembers SQLite's counter for it. Last of all, since every change moves the
/// counter. Another counter than on record is routine: VACUUM, ANALYZE and backups move it, too.
inline void upgrade::finish() {
  connection_.begin_write();
  transaction_guard const undo{connection_};
  std::int64_t const now = connection_.schema_cookie();
  live_schema const& live = live_.now();
  ledger_.move_cookies(cookie_, now);  // schemas of other lists that were up to date when this run began
  for (std::size_t i = 0; i < schemas_.size(); ++i) {
    list const& schema = *schemas_[i];
    schema_report& into = report_.schemas[i];
    auto head = ledger_.head(schema.schema).value_or(ledger_head{-1, chain_start(schema.schema), {}, -1});
    auto const record = ledger_.accepted(schema.schema);
    split_differences found{compare_final(schema, live), record};
    into.drift = std::move(found.drift);
    into.accepted = std::move(found.accepted);
    if (into.drift.empty() && into.accepted != record) ledger_.set_accepted(schema.schema, into.accepted);
    head.fingerprint = fingerprint_of(schema, live);
    head.cookie = into.drift.empty() ? now : -1;  // drift is reported again at the next start
    ledger_.set_head(schema.schema, head);
  }
  connection_.commit();
}

}  // namespace forge_db::migration::detail
