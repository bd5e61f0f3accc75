// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>

using namespace forge_db;
using namespace std::chrono_literals;

namespace {

constexpr char fill[] = R"sql(
  create table t(x);
  insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) select hex(zeroblob(500)) from n
)sql";
constexpr char count[] = "select count(*) from t";

}  // namespace

TEST_CASE("a backup copies the whole database and tells how far it is") {
  temporary_directory const directory;
  auto from = sqlite::connection::open(directory.file("from.db"));
  from.execute_script(fill);
  auto to = sqlite::connection::open(directory.file("to.db"));
  int calls = 0;
  int last = 0;
  sqlite::backup_options settings;
  settings.pages_per_step = 10;
  sqlite::backup(
      from, to,
      [&](sqlite::backup_progress progress) {
        ++calls;
        CHECK(progress.pages_done > last);
        CHECK(progress.pages_done <= progress.pages_total);
        last = progress.pages_done;
        return true;
      },
      settings);
  CHECK(calls > 10);
  CHECK(query_int(to, count) == 1000);
  CHECK(query_text(to, "pragma integrity_check") == "ok");
  CHECK(query_text(to, "pragma journal_mode") == "wal");
}

TEST_CASE("a backup goes into memory and back") {
  auto from = sqlite::connection::open(":memory:");
  from.execute_script(fill);
  temporary_directory const directory;
  auto file = sqlite::connection::open(directory.file("a.db"));
  sqlite::backup(from, file);
  auto again = sqlite::connection::open(":memory:");
  sqlite::backup(file, again);
  CHECK(query_int(again, count) == 1000);
}

TEST_CASE("a backup that is stopped leaves the target as it was") {
  temporary_directory const directory;
  auto from = sqlite::connection::open(directory.file("from.db"));
  from.execute_script(fill);
  auto to = sqlite::connection::open(directory.file("to.db"));
  to.execute_script("create table old(x)");
  sqlite::backup_options settings;
  settings.pages_per_step = 10;
  CHECK_THROWS_AS(sqlite::backup(
                      from, to, [](auto) { return false; }, settings),
                  interrupted);
  CHECK_THROWS_AS(sqlite::backup(
                      from, to, [](auto) -> bool { throw std::logic_error("x"); }, settings),
                  std::logic_error);
  CHECK(query_text(to, "select group_concat(name) from sqlite_schema") == "old");
}

TEST_CASE("a backup gives up when a lock stays") {
  temporary_directory const directory;
  sqlite::options quick;
  quick.busy_timeout = 0ms;
  auto from = sqlite::connection::open(directory.file("from.db"));
  from.execute_script(fill);
  auto to = sqlite::connection::open(directory.file("to.db"), quick);
  auto holder = sqlite::connection::open(directory.file("to.db"));
  holder.begin_write();
  sqlite::backup_options settings;
  settings.busy_timeout = 0ms;
  CHECK_THROWS_AS(sqlite::backup(from, to, {}, settings), busy);
}

TEST_CASE("a write by another connection restarts a backup, which still ends consistent") {
  temporary_directory const directory;
  auto from = sqlite::connection::open(directory.file("from.db"));
  from.execute_script(fill);
  auto other = sqlite::connection::open(directory.file("from.db"));
  auto to = sqlite::connection::open(directory.file("to.db"));
  sqlite::backup_options settings;
  settings.pages_per_step = 50;
  bool written = false;
  sqlite::backup(
      from, to,
      [&](auto) {
        if (!written) other.execute_script("insert into t values ('late')");
        return written = true;
      },
      settings);
  CHECK(query_int(to, count) == 1001);
  CHECK(query_text(to, "pragma integrity_check") == "ok");
}
