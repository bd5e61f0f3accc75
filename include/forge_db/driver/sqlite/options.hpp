// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/query_log.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace forge_db::sqlite {

/// What happens to the write-ahead log beside the database file.
enum class checkpoint_policy {
  automatic,  ///< SQLite copies the log back whenever it holds `wal_autocheckpoint` pages.
  bounded,    ///< As automatic, and after a write the log is emptied once it outgrew `journal_size_limit`, if no reader
              ///< holds it.
  manual      ///< Only `database::checkpoint()` does it.
};

/// A read session that outlived `options::read_session_limit`.
struct long_read {
  std::chrono::nanoseconds age;
  std::chrono::nanoseconds limit;
  bool still_open;  ///< Found by a write that ended meanwhile; false: found at its own end.
};

/// How a database is opened. The defaults are those of a desktop or server program with one file on a local disk.
/// Every connection of the database, readers too, gets the same settings. Waits may be `milliseconds::max()`: all of
/// more than 24 days are 24 days, and limits above 65536 connections or statements are that.
struct options {  // NOLINT(clang-analyzer-optin.performance.Padding): ordered for the reader; few exist at a time
  // The file.
  bool create = true;      ///< Make the file when it is missing (never its directory).
  bool read_only = false;  ///< Refuse every write; the file must exist.

  // Settings of each connection, in the order in which they are applied. busy_timeout comes first, so that processes
  // that start at the same moment wait for each other instead of failing.
  std::chrono::milliseconds busy_timeout{5000};
  bool foreign_keys = true;
  bool journal_wal = true;  ///< false: the rollback journal (`delete`); readers and the writer then exclude each other.
  bool synchronous_normal = true;  ///< With WAL: safe against a crash of the program; the last commits may be lost with
                                   ///< the power. false: FULL.
  std::int64_t cache_size_kib = 65536;
  std::int64_t mmap_size = 67108864;
  bool temp_store_memory = true;
  std::int64_t journal_size_limit =
      67108864;                   ///< Bytes that the log keeps after a checkpoint; -1: whatever it grew to.
  int wal_autocheckpoint = 1000;  ///< Pages; 0: never.
  bool trusted_schema = false;    ///< Full-text triggers need true: SQLite refuses them otherwise.
  bool defensive = true;          ///< No writes to sqlite_schema, shadow tables or the raw file.

  // The statement cache of one connection.
  std::size_t masked_statements =
      256;  ///< Statements whose text depends on which fields are set; least recently used out first.

  // Sessions (see forge_db::database).
  std::size_t readers =
      4;  ///< Read connections, opened when first needed. A `:memory:` database has one connection in all.
  std::chrono::milliseconds acquire_timeout{30000};  ///< How long a session waits for a connection of the pool.
  int write_retries = 5;                             ///< How often a write that met `busy` is run again.
  std::chrono::milliseconds retry_backoff{2};        ///< The first pause between two runs; doubled each time.
  std::chrono::milliseconds retry_backoff_max{250};
  checkpoint_policy checkpoint = checkpoint_policy::automatic;
  std::chrono::milliseconds read_session_limit{
      60000};  ///< An open read session keeps the log from shrinking; older ones are reported.
  std::function<void(long_read const&)>
      on_long_read{};  ///< Once a session, by the thread that noticed. Must not throw.

  // What statements cost. Unset, nothing is measured.
  query_hook on_query{};                   ///< See there for when it is called, and by which thread.
  std::chrono::nanoseconds slow_query{0};  ///< Statements that took less are left out, unless they failed.
  bool show_parameter_values_and_secrets_in_query_log =
      false;  ///< Fills query_event::with_values. For a debugger only.
};

}  // namespace forge_db::sqlite
