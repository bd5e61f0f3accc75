// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstddef>
#include <string>

using namespace forge_db;

namespace {

int config(sqlite::connection& connection, int option) {
  int value = -1;
  sqlite3_db_config(connection.native(), option, -1, &value);
  return value;
}

std::string pragma(sqlite::connection& connection, std::string const& name) {
  return query_text(connection, "pragma " + name);
}

}  // namespace

TEST_CASE("a file is opened with the default settings") {
  temporary_directory const directory;
  auto connection = sqlite::connection::open(directory.file("a.db"));

  CHECK(pragma(connection, "busy_timeout") == "5000");
  CHECK(pragma(connection, "foreign_keys") == "1");
  CHECK(pragma(connection, "journal_mode") == "wal");
  CHECK(pragma(connection, "synchronous") == "1");
  CHECK(pragma(connection, "cache_size") == "-65536");
  CHECK(pragma(connection, "mmap_size") == "67108864");
  CHECK(pragma(connection, "temp_store") == "2");
  CHECK(pragma(connection, "journal_size_limit") == "67108864");
  CHECK(pragma(connection, "wal_autocheckpoint") == "1000");
  CHECK(pragma(connection, "trusted_schema") == "0");
  CHECK(config(connection, SQLITE_DBCONFIG_DQS_DML) == 0);
  CHECK(config(connection, SQLITE_DBCONFIG_DQS_DDL) == 0);
  CHECK(config(connection, SQLITE_DBCONFIG_DEFENSIVE) == 1);
  CHECK(config(connection, SQLITE_DBCONFIG_ENABLE_QPSG) == 1);
}

TEST_CASE("every setting can be chosen") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.busy_timeout = std::chrono::milliseconds{17};
  settings.foreign_keys = false;
  settings.journal_wal = false;
  settings.synchronous_normal = false;
  settings.cache_size_kib = 512;
  settings.mmap_size = 0;
  settings.temp_store_memory = false;
  settings.journal_size_limit = 4096;
  settings.wal_autocheckpoint = 7;
  settings.trusted_schema = true;
  settings.defensive = false;
  auto connection = sqlite::connection::open(directory.file("a.db"), settings);

  CHECK(pragma(connection, "busy_timeout") == "17");
  CHECK(pragma(connection, "foreign_keys") == "0");
  CHECK(pragma(connection, "journal_mode") == "delete");
  CHECK(pragma(connection, "synchronous") == "2");
  CHECK(pragma(connection, "cache_size") == "-512");
  CHECK(pragma(connection, "mmap_size") == "0");
  CHECK(pragma(connection, "temp_store") == "0");
  CHECK(pragma(connection, "journal_size_limit") == "4096");
  CHECK(pragma(connection, "wal_autocheckpoint") == "7");
  CHECK(pragma(connection, "trusted_schema") == "1");
  CHECK(config(connection, SQLITE_DBCONFIG_DEFENSIVE) == 0);
}

TEST_CASE("checkpoints by hand turn SQLite's own off") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.checkpoint = sqlite::checkpoint_policy::manual;
  auto connection = sqlite::connection::open(directory.file("a.db"), settings);
  CHECK(pragma(connection, "wal_autocheckpoint") == "0");
}

TEST_CASE("a name in double quotes is never a string") {
  auto connection = sqlite::connection::open(":memory:");
  CHECK_THROWS_AS(connection.prepare_once("select \"no such column\""), sql_error);
}

TEST_CASE("a defensive connection refuses to edit the schema table") {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script("create table t(x); pragma writable_schema = on");
  CHECK_THROWS_AS(connection.execute_script("update sqlite_schema set sql = 'x'"), error);
}

TEST_CASE("values out of reach are brought into it") {
  using std::chrono::milliseconds;
  sqlite::options asked;
  asked.busy_timeout = asked.acquire_timeout = asked.retry_backoff_max = milliseconds::max();
  asked.read_session_limit = milliseconds{-1};
  asked.cache_size_kib = -5;
  asked.masked_statements = asked.readers = static_cast<std::size_t>(-1);
  sqlite::options const used = sqlite::connection::usable(asked);
  CHECK(used.busy_timeout == milliseconds{2147483647});
  CHECK(used.acquire_timeout == used.busy_timeout);
  CHECK(used.retry_backoff_max == used.busy_timeout);
  CHECK(used.read_session_limit == milliseconds{-1});  // every session is reported
  CHECK(used.cache_size_kib == 0);
  CHECK(used.masked_statements == 65536);
  CHECK(used.readers == 65536);

  temporary_directory const directory;
  auto connection = sqlite::connection::open(directory.file("a.db"), asked);
  CHECK(pragma(connection, "busy_timeout") == "2147483647");
  CHECK(connection.checkpoint(milliseconds::max()));
}

TEST_CASE("SQL text with NUL bytes is refused, SQLite would stop there") {
  using namespace std::string_literals;
  auto connection = sqlite::connection::open(":memory:");
  CHECK_THROWS_AS(connection.execute_script("select 1;\0 select 2"s), invalid_value);
  CHECK_THROWS_AS(connection.prepare_once("select 1\0, 2"s), invalid_value);
}
