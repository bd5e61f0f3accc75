// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/detail/open_error.hpp>
#include <forge_db/driver/sqlite/options.hpp>

#include <sqlite3.h>

#include <chrono>
#include <string>
#include <thread>

namespace forge_db::sqlite::detail {

/// A failure while a connection is set up; becomes throw_open_error, which knows the file.
struct setup_failure {
  int extended_code;
  std::string engine_message;
};

/// Runs one pragma and answers the first column of its first row as text.
inline std::string run_pragma(sqlite3* connection, std::string const& text) {
  sqlite3_stmt* handle = nullptr;
  std::string answer;
  int code = sqlite3_prepare_v2(connection, text.c_str(), -1, &handle, nullptr);
  if (code == SQLITE_OK) {
    code = sqlite3_step(handle);
    if (code == SQLITE_ROW) {
      auto const* const value = reinterpret_cast<char const*>(sqlite3_column_text(handle, 0));
      if (value != nullptr) answer = value;
      code = sqlite3_step(handle);
    }
  }
  int const extended = sqlite3_extended_errcode(connection);
  std::string const message = sqlite3_errmsg(connection);  // finalize() may change it
  sqlite3_finalize(handle);
  if (code != SQLITE_DONE) throw setup_failure{extended, message};
  return answer;
}

/// Two processes that convert a new file at once can both be told "busy" without having waited: the busy handler is not
/// asked where waiting could be a deadlock. So this waits itself.
inline std::string set_journal_mode(sqlite3* connection, options const& settings) {
  std::string const text = settings.journal_wal ? "pragma journal_mode = wal" : "pragma journal_mode = delete";
  auto const give_up = std::chrono::steady_clock::now() + settings.busy_timeout;
  for (;;) {
    try {
      return run_pragma(connection, text);
    } catch (setup_failure const& failure) {
      if ((failure.extended_code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() >= give_up) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
}

inline void set_config(sqlite3* connection, int option, bool on) {
  if (sqlite3_db_config(connection, option, on ? 1 : 0, nullptr) != SQLITE_OK) {
    throw setup_failure{SQLITE_ERROR, "sqlite3_db_config"};
  }
}

/// Applies the options to a fresh connection; the order is part of the contract of `options`.
inline void configure(sqlite3* connection, options const& settings, bool memory) {
  sqlite3_busy_timeout(connection, static_cast<int>(settings.busy_timeout.count()));
  set_config(connection, SQLITE_DBCONFIG_DQS_DML, false);  // "x" is a name, never a string
  set_config(connection, SQLITE_DBCONFIG_DQS_DDL, false);
  set_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, settings.trusted_schema);
  set_config(connection, SQLITE_DBCONFIG_DEFENSIVE, settings.defensive);
  set_config(connection, SQLITE_DBCONFIG_ENABLE_QPSG,
             true);  // otherwise some parameters make SQLite prepare again at each bind
  set_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, settings.foreign_keys);
  if (settings.read_only) {
    run_pragma(connection, "pragma schema_version");  // reads the file, so that a wrong one is refused now
  } else {
    std::string const mode = set_journal_mode(connection, settings);
    if (settings.journal_wal && !memory && mode != "wal") {
      throw setup_failure{SQLITE_CANTOPEN,
                          "journal_mode stays \"" + mode + "\"; options::journal_wal = false accepts that"};
    }
  }
  run_pragma(connection, settings.synchronous_normal ? "pragma synchronous = normal" : "pragma synchronous = full");
  run_pragma(connection, "pragma cache_size = -" + std::to_string(settings.cache_size_kib));
  run_pragma(connection, "pragma mmap_size = " + std::to_string(settings.mmap_size));
  run_pragma(connection, settings.temp_store_memory ? "pragma temp_store = memory" : "pragma temp_store = default");
  run_pragma(connection, "pragma journal_size_limit = " + std::to_string(settings.journal_size_limit));
  bool const automatic = settings.checkpoint != checkpoint_policy::manual;
  run_pragma(connection, "pragma wal_autocheckpoint = " + std::to_string(automatic ? settings.wal_autocheckpoint : 0));
}

}  // namespace forge_db::sqlite::detail
