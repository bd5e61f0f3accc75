// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/connection.hpp>

#include <cstdint>
#include <string>

namespace forge_db::migration::detail {

inline std::int64_t read_pragma(sqlite::connection& connection, std::string const& name) {
  auto row = connection.prepare_once("pragma " + name);
  return row.step() ? row.int64(0) : 0;
}

/// A stretch of time with foreign keys and legacy_alter_table off, which SQLite grants outside of transactions only:
/// inside of one the pragma is ignored without a word, and dropping a parent then deletes its children. So both are
/// read back. The destructor rolls back what is still open and puts both settings back, also when a migration failed.
class rebuild_window {
 public:
  explicit rebuild_window(sqlite::connection& connection) : connection_(connection) {
    if (connection.in_transaction())
      throw session_misuse("forge_db: upgrade requires a connection to be outside of any transaction; end it first");
    foreign_keys_ = read_pragma(connection, "foreign_keys") != 0;
    legacy_ = read_pragma(connection, "legacy_alter_table") != 0;
    set(false, false);
    if (is_open(connection)) return;
    set(foreign_keys_, legacy_);
    throw migration_failed(
        "forge_db: upgrade requires foreign keys to be switched off for a table rebuild, and the engine keeps them on");
  }
  rebuild_window(rebuild_window const&) = delete;
  rebuild_window& operator=(rebuild_window const&) = delete;
  ~rebuild_window() {
    connection_.rollback();
    try {
      set(foreign_keys_, legacy_);
    } catch (...) {  // NOLINT(bugprone-empty-catch): both pragmas only set a flag
    }
  }

  static bool is_open(sqlite::connection& connection) {
    return read_pragma(connection, "foreign_keys") == 0 && read_pragma(connection, "legacy_alter_table") == 0;
  }

 private:
  void set(bool foreign_keys, bool legacy) {
    connection_.execute_script(foreign_keys ? "pragma foreign_keys = on" : "pragma foreign_keys = off");
    connection_.execute_script(legacy ? "pragma legacy_alter_table = on" : "pragma legacy_alter_table = off");
  }

  sqlite::connection& connection_;
  bool foreign_keys_ = false;
  bool legacy_ = false;
};

}  // namespace forge_db::migration::detail
