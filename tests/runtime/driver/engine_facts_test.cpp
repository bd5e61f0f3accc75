// SPDX-License-Identifier: MIT
// What was measured about SQLite itself, and what the settings of a connection make of it.
#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <string>

using namespace forge_db;

namespace {

std::string plain_query(sqlite3* handle, char const* text) {
  std::string found;
  sqlite3_exec(
      handle, text,
      [](void* to, int, char** values, char**) {
        *static_cast<std::string*>(to) += values[0] != nullptr ? values[0] : "null";
        return 0;
      },
      &found, nullptr);
  return found;
}

}  // namespace

TEST_CASE(
    "the schema cookie moves with create, drop, VACUUM and the first ANALYZE, not with rows or temporary tables") {
  temporary_directory const directory;
  auto connection = sqlite::connection::open(directory.file("a.db"));
  auto const moves = [&](char const* script) {
    auto const before = connection.schema_cookie();
    connection.execute_script(script);
    return connection.schema_cookie() != before;
  };
  CHECK(moves("create table t (x)"));
  CHECK(moves("create index i on t (x)"));
  CHECK(moves("drop index i"));
  CHECK(moves("vacuum"));
  CHECK(moves("insert into t values (1); analyze"));
  CHECK_FALSE(moves("analyze"));
  CHECK_FALSE(moves("insert into t values (2); delete from t"));
  CHECK_FALSE(moves("create temp table s (x); drop table temp.s"));
  CHECK_FALSE(moves("pragma user_version = 3"));
}

TEST_CASE("a defensive connection ignores a new schema_version without a word") {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script("create table t (x)");
  auto const before = connection.schema_cookie();
  connection.execute_script("pragma schema_version = 4711");
  CHECK(connection.schema_cookie() == before);
}

TEST_CASE("full-text triggers need a trusted schema, which is an option") {
  for (bool const trusted : {false, true}) {
    sqlite::options settings;
    settings.trusted_schema = trusted;
    auto connection = sqlite::connection::open(":memory:", settings);
    connection.execute_script(
        "create table t (id integer primary key, title text);"
        "create virtual table words using fts5 (title, content = 't', content_rowid = 'id');"
        "create trigger added after insert on t begin insert into words (rowid, title) values (new.id, new.title); "
        "end;");
    if (trusted) {
      connection.execute_script("insert into t values (7, 'a word')");
      CHECK(query_int(connection, "select rowid from words where words match 'word'") == 7);
    } else {
      CHECK_THROWS_AS(connection.execute_script("insert into t values (7, 'a word')"), sql_error);
    }
  }
}

TEST_CASE("opening a file leaves user_version to the program that made it") {
  temporary_directory const directory;
  auto const file = directory.file("a.db");
  sqlite::connection::open(file).execute_script("pragma user_version = 4711; create table t (x)");
  auto again = sqlite::connection::open(file);
  CHECK(query_int(again, "pragma user_version") == 4711);
}

TEST_CASE("other programs write to a file that ForgeDB uses") {
  temporary_directory const directory;
  auto const file = directory.file("a.db");
  auto ours = sqlite::connection::open(file);
  ours.execute_script("create table t (x check (x > 0)); create index i on t (x); create table log (x)");
  ours.execute_script("create trigger g after insert on t begin insert into log values (new.x); end");
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &other) == SQLITE_OK);
  CHECK(sqlite3_exec(other, "insert into t values (1); vacuum", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(plain_query(other, "pragma integrity_check") == "ok");
  CHECK(plain_query(other, "select count(*) from log") == "1");
  sqlite3_close(other);
  CHECK(query_int(ours, "select count(*) from log") == 1);
}

TEST_CASE("the names that ForgeDB gives to SQLite can never come into a stored schema") {
  sqlite::options settings;
  settings.trusted_schema = true;  // otherwise SQLite refuses them whatever they say of themselves
  auto connection = sqlite::connection::open(":memory:", settings);
  connection.execute_script("create table t (x)");
  for (char const* text : {"create trigger g after insert on t begin insert into t select c0 from forge_span(1); end",
                           "create view v as select c0 from forge_span(1)"}) {
    try {
      connection.execute_script(text);
      connection.execute_script("insert into t values (1); select * from v");
      FAIL("accepted: " << text);
    } catch (sql_error const& failure) {
      CHECK(std::string(failure.what()).find("unsafe use of virtual table \"forge_span\"") != std::string::npos);
    }
    connection.execute_script("drop trigger if exists g; drop view if exists v");
  }
}

TEST_CASE("the engine has what the texts of ForgeDB use") {
  auto connection = sqlite::connection::open(":memory:");
  CHECK(sqlite3_libversion_number() >= 3040000);
  CHECK(query_text(connection, "select '{\"a\": [1, 2]}' ->> '$.a[1]'") == "2");
  CHECK(query_int(connection, "select json_valid('[]') and json_type('[]') = 'array'") == 1);
  CHECK(query_int(connection, "select count(*) from json_each('[1, 2]')") == 2);
  connection.execute_script("create table s (x integer) strict");
  CHECK(query_int(connection, "insert into s values (3) returning x") == 3);
  CHECK(query_text(connection, "select group_concat(x) from (select 1 as x order by x nulls last)") == "1");
}

TEST_CASE("LIKE folds A-Z only") {
  auto connection = sqlite::connection::open(":memory:");
  CHECK(query_int(connection, "select 'A' like 'a'") == 1);
  CHECK(query_int(connection, "select 'Ä' like 'ä'") == 0);
  CHECK(query_text(connection, "select lower('ÄA')") == "Äa");
}

namespace {

int wait_at_journal_mode = -1;

int note_wait(unsigned, void* handle, void*, void* text) {
  if (std::string(static_cast<char const*>(text)).starts_with("pragma journal_mode")) {
    sqlite3_trace_v2(static_cast<sqlite3*>(handle), 0, nullptr, nullptr);
    wait_at_journal_mode = std::stoi(plain_query(static_cast<sqlite3*>(handle), "pragma busy_timeout"));
  }
  return 0;
}

int trace_from_the_start(sqlite3* handle, char**, sqlite3_api_routines const*) {
  return sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, note_wait, handle);
}

}  // namespace

TEST_CASE("the wait for a lock is set before the journal mode, which needs one") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.busy_timeout = std::chrono::milliseconds{1234};
  auto const extension = reinterpret_cast<void (*)()>(trace_from_the_start);
  sqlite3_auto_extension(extension);
  auto const connection = sqlite::connection::open(directory.file("a.db"), settings);
  sqlite3_cancel_auto_extension(extension);
  CHECK(wait_at_journal_mode == 1234);
}
