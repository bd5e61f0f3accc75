// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/list.hpp>
#include <forge_db/migration/observer.hpp>
#include <forge_db/migration/report.hpp>
#include <forge_db/migration/upgrade_options.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <functional>
#include <type_traits>
#include <vector>

namespace forge_db::migration {

/// Brings a database to the state of one or more lists, in their order (a schema after those that it references).
///
///     forge_db::migration::runner run{db};
///     auto report = run.upgrade({&kernel::migrations(), &promptforge::migrations()});
///
/// It does not matter who made the database: each operation runs only when the database is not so already, so a file of
/// another program is adopted, an interrupted upgrade goes on, and an up-to-date file costs two reads a schema.
/// Several processes may do this at once: one migrates, the others wait (at most a minute) and find it done.
/// Uses the database's writing connection, or the given connection, which must be outside of a transaction.
class runner {
 public:
  using lists = std::vector<list const*>;

  explicit runner(sqlite::database& database);
  explicit runner(sqlite::connection& connection);

  /// Other engines are planned.
  template <class Other>
  explicit runner(Other&) {
    static_assert(
        std::is_same_v<Other, sqlite::database>,
        "forge_db: migration::runner requires its database to be a SQLite one; PostgreSQL is not supported yet");
  }

  /// Runs what is pending and then every_start steps. Each migration is one transaction together with its ledger row:
  /// after a crash or an error the database stands before or after it, and the next call goes on. Throws
  /// migration_failed with the migration's number, the object, what was expected and found, and the cure; busy when
  /// another process migrates for longer than a minute. Failures of the machine (disk_full, io_error, corrupt,
  /// interrupted) pass as they are. Drift is no error: it is in the report. What destroys anything makes a snapshot of
  /// the file before, see upgrade_options.
  report upgrade(lists const& schemas, observer* watcher = nullptr, upgrade_options const& options = {});

  /// What `upgrade` would do. Tries it on an empty copy of the schema in memory; the database is only read. Data steps
  /// are listed, not run.
  upgrade_plan plan(lists const& schemas);

  /// Reads the ledger.
  status_report status(lists const& schemas);

  /// Compares the whole schema with the lists, whatever the ledger says. Reads only.
  verification verify(lists const& schemas);

  /// Planned; throws not_supported.
  [[noreturn]] void down(list const& schema, int to_version);
  [[noreturn]] void upgrade_to(list const& schema, int version);
  [[noreturn]] void baseline(list const& schema, int version);
  [[noreturn]] void squash(list const& schema, int to_version);

 private:
  template <class Work>
  auto with_connection(Work const& work);

  sqlite::database* database_ = nullptr;
  sqlite::connection* connection_ = nullptr;
};

}  // namespace forge_db::migration

#include <forge_db/migration/detail/runner_body.hpp>  // IWYU pragma: export
