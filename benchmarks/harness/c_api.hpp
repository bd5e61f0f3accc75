// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <stdexcept>

/// What a careful program on the SQLite C API has anyway: checked calls and owned handles, nothing more.
namespace bench::c_api {

struct close_database {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct finalize_statement {
  void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};
using database = std::unique_ptr<sqlite3, close_database>;
using statement = std::unique_ptr<sqlite3_stmt, finalize_statement>;

inline void check(sqlite3* db, int result, int expected = SQLITE_OK) {
  if (result != expected) throw std::runtime_error(sqlite3_errmsg(db));
}

inline void execute(sqlite3* db, char const* sql) { check(db, sqlite3_exec(db, sql, nullptr, nullptr, nullptr)); }

/// Opened as ForgeDB opens by default, so that the engine does the same work for both.
inline database open(std::filesystem::path const& file) {
  sqlite3* raw = nullptr;
  int const result =
      sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  database db{raw};
  check(raw, result);
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  execute(raw,
          "pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -65536;"
          "pragma mmap_size = 67108864; pragma temp_store = memory; pragma foreign_keys = on;");
  return db;
}

inline statement prepare(sqlite3* db, char const* sql) {
  sqlite3_stmt* raw = nullptr;
  check(db, sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr));
  return statement{raw};
}

}  // namespace bench::c_api
