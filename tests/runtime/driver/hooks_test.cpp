// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace forge_db;
using namespace std::chrono_literals;

namespace {
constexpr char endless[] = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
}

TEST_CASE("the trace hook sees each statement as it starts, without values") {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script(
      "create table t(x); create table log(x);"
      "create trigger g after insert on t begin insert into log values (new.x); end;");
  std::vector<std::string> seen;
  connection.set_trace([&](std::string_view sql) { seen.emplace_back(sql); });
  auto insert = connection.prepare_once("insert into t values (?)");
  insert.text(1, "secret");
  insert.step();

  REQUIRE(seen.size() >= 2);
  CHECK(seen[0] == "insert into t values (?)");
  CHECK_FALSE(sqlite::is_trigger_trace(seen[0]));
  for (std::size_t i = 1; i < seen.size(); ++i) CHECK(sqlite::is_trigger_trace(seen[i]));
  for (auto const& text : seen) CHECK(text.find("secret") == std::string::npos);

  connection.set_trace({});
  auto const count = seen.size();
  connection.execute_script("delete from t");
  CHECK(seen.size() == count);
}

TEST_CASE("a trace hook that throws does no harm") {
  auto connection = sqlite::connection::open(":memory:");
  connection.set_trace([](std::string_view) { throw std::runtime_error("from the hook"); });
  CHECK(query_int(connection, "select 7") == 7);
}

TEST_CASE("a statement that runs at the deadline is interrupted") {
  auto connection = sqlite::connection::open(":memory:");
  connection.set_deadline(std::chrono::steady_clock::now() - 1ms);
  CHECK_THROWS_AS(query_int(connection, endless), interrupted);
  CHECK(connection.has_deadline());
  connection.clear_deadline();
  CHECK(query_int(connection, "select 7") == 7);
}

TEST_CASE("a deadline in the future lets short statements pass and stops long ones") {
  auto connection = sqlite::connection::open(":memory:");
  connection.set_deadline(std::chrono::steady_clock::now() + 30ms);
  CHECK(query_int(connection, "select 7") == 7);
  CHECK_THROWS_AS(query_int(connection, endless), interrupted);
}

TEST_CASE("a deadline ends the wait for a lock") {
  temporary_directory const directory;
  auto holder = sqlite::connection::open(directory.file("a.db"));
  sqlite::options settings;
  settings.busy_timeout = std::chrono::hours{1};
  auto waiter = sqlite::connection::open(directory.file("a.db"), settings);
  holder.begin_write();
  waiter.set_deadline(std::chrono::steady_clock::now() + 5ms);
  CHECK_THROWS_AS(waiter.begin_write(), busy);
  waiter.clear_deadline();
  CHECK(query_text(waiter, "pragma busy_timeout") == "3600000");
}

TEST_CASE("a connection that is busy says so, and works when the other is done") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.busy_timeout = 0ms;
  auto first = sqlite::connection::open(directory.file("a.db"), settings);
  auto second = sqlite::connection::open(directory.file("a.db"), settings);
  first.begin_write();
  CHECK_THROWS_AS(second.begin_write(), busy);
  CHECK_FALSE(second.in_transaction());
  first.commit();
  second.begin_write();
  second.rollback();
}

TEST_CASE("the schema cookie moves with the schema") {
  auto connection = sqlite::connection::open(":memory:");
  auto const before = connection.schema_cookie();
  CHECK(connection.schema_cookie() == before);
  connection.execute_script("create table t(x)");
  CHECK(connection.schema_cookie() == before + 1);
}

TEST_CASE("a script stops at the first error") {
  auto connection = sqlite::connection::open(":memory:");
  CHECK_THROWS_AS(connection.execute_script("create table a(x); nonsense; create table b(x);"), sql_error);
  CHECK(query_text(connection, "select group_concat(name) from sqlite_schema") == "a");
  connection.execute_script("  ; -- only a comment\n ;");
}
