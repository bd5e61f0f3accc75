// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace forge_db;

namespace {

struct seen_event {
  std::string sql;
  std::chrono::nanoseconds duration;
  std::int64_t rows;
  std::int64_t changed;
  bool failed;
  error_code code;
  std::string with_values;
};

struct recorded {
  std::vector<seen_event> events{};

  sqlite::options settings() {
    sqlite::options made;
    made.on_query = [this](query_event const& event) {
      events.push_back({std::string(event.sql), event.duration, event.rows, event.changed, event.failure != nullptr,
                        event.failure != nullptr ? event.failure->code() : error_code::other,
                        std::string(event.with_values)});
    };
    return made;
  }
};

}  // namespace

TEST_CASE("the query log tells text, rows, changes and a duration, once a run and never a value") {
  recorded log;
  auto connection = sqlite::connection::open(":memory:", log.settings());
  CHECK(log.events.empty());  // the settings of the connection are not told of
  connection.execute_script(
      "create table t(x); create table copies(x);"
      "create trigger g after insert on t begin insert into copies values (new.x); end;");
  log.events.clear();

  {
    auto insert = connection.prepare_once("insert into t values (?), (?), (?)");
    insert.text(1, "secret");
    insert.step();
    CHECK(log.events.empty());  // told when the run is over and known to have worked
  }
  CHECK(query_int(connection, "select count(*) from t") == 3);
  {
    auto all = connection.prepare_once("select x from t");
    while (all.step()) {
    }
    all.reset();
    all.step();  // the second run is left after one row
  }
  REQUIRE(log.events.size() == 4);
  CHECK(log.events[0].sql == "insert into t values (?), (?), (?)");
  CHECK(log.events[0].changed == 3);
  CHECK(log.events[0].rows == 0);
  CHECK(log.events[0].duration.count() > 0);
  CHECK_FALSE(log.events[0].failed);
  CHECK(log.events[1].rows == 1);
  CHECK(log.events[1].changed == 0);  // not the three of the statement before it
  CHECK(log.events[2].rows == 3);
  CHECK(log.events[3].rows == 1);
  for (auto const& event : log.events) CHECK(event.with_values.empty());
}

TEST_CASE("the query log tells of failures, each once, also of texts that cannot be prepared") {
  recorded log;
  auto connection = sqlite::connection::open(":memory:", log.settings());
  connection.execute_script("create table t(x unique)");
  log.events.clear();

  CHECK_THROWS_AS(connection.execute_script("insert into t values (1), (1)"), constraint_violation);
  REQUIRE(log.events.size() == 1);
  CHECK(log.events[0].code == error_code::unique_violation);
  CHECK(log.events[0].changed == 0);

  CHECK_THROWS_AS(connection.prepare_once("select * from nowhere"), sql_error);
  REQUIRE(log.events.size() == 2);
  CHECK(log.events[1].sql == "select * from nowhere");
  CHECK(log.events[1].failed);
}

TEST_CASE("the query log leaves out what was faster than the threshold, but no failure") {
  recorded log;
  auto settings = log.settings();
  settings.slow_query = std::chrono::hours{1};
  auto connection = sqlite::connection::open(":memory:", settings);
  CHECK(query_int(connection, "select 7") == 7);
  CHECK(log.events.empty());
  CHECK_THROWS_AS(connection.execute_script("select * from nowhere"), sql_error);
  CHECK(log.events.size() == 1);
}

TEST_CASE("values are shown only by the option that says so") {
  recorded log;
  auto settings = log.settings();
  settings.show_parameter_values_and_secrets_in_query_log = true;
  auto connection = sqlite::connection::open(":memory:", settings);
  {
    auto query = connection.prepare_once("select ?");
    query.text(1, "it's");
    query.step();
  }
  REQUIRE(log.events.size() == 1);
  CHECK(log.events[0].sql == "select ?");
  CHECK(log.events[0].with_values == "select 'it''s'");
}

TEST_CASE("the query log and the trace hook live side by side, and a hook that throws does no harm") {
  auto settings = sqlite::options{};
  int calls = 0;
  settings.on_query = [&](query_event const&) {
    ++calls;
    throw std::runtime_error("from the hook");
  };
  auto connection = sqlite::connection::open(":memory:", settings);
  int traced = 0;
  connection.set_trace([&](std::string_view) { ++traced; });
  CHECK(query_int(connection, "select 7") == 7);
  connection.set_trace({});
  CHECK(query_int(connection, "select 8") == 8);
  CHECK(traced == 1);
  CHECK(calls == 2);
}

TEST_CASE("a kept statement is told of at each of its uses, and one that outlives its connection as well") {
  recorded log;
  static constexpr char text[] = "select 1 union all select 2";
  static constinit statement_slot slot;
  auto connection = std::make_unique<sqlite::connection>(sqlite::connection::open(":memory:", log.settings()));
  for (int i = 0; i < 2; ++i) {
    auto kept = connection->prepare(slot, text, sizeof text - 1);
    kept.step();
  }
  CHECK(log.events.size() == 2);
  auto kept = connection->prepare(slot, text, sizeof text - 1);
  kept.step();
  connection.reset();
  kept.step();
  { auto const ending = std::move(kept); }
  REQUIRE(log.events.size() == 3);
  CHECK(log.events[2].sql == text);
}
