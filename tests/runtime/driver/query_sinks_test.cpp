// SPDX-License-Identifier: MIT

#include <forge_db/driver/query_statistics.hpp>
#include <forge_db/driver/query_writer.hpp>
#include <forge_db/session/session.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

using namespace forge_db;
using namespace std::chrono_literals;

TEST_CASE("statistics add up by text, the most costly first") {
  query_statistics statistics;
  sql_error const failure("forge_db: failed");
  statistics({"select 1", 2ms, 5, 0, nullptr});
  statistics({"select 1", 4ms, 7, 0, nullptr});
  statistics({"delete", 9ms, 0, 3, &failure});
  auto const found = statistics.snapshot();
  REQUIRE(found.size() == 2);
  CHECK(found[0].sql == "delete");
  CHECK(found[0].failed == 1);
  CHECK(found[0].changed == 3);
  CHECK(found[1].count == 2);
  CHECK(found[1].failed == 0);
  CHECK(found[1].total == 6ms);
  CHECK(found[1].longest == 4ms);
  CHECK(found[1].rows == 12);
  statistics.clear();
  CHECK(statistics.snapshot().empty());
}

TEST_CASE("statistics know a bounded number of texts") {
  query_statistics statistics{2};
  for (char const* sql : {"a", "b", "c", "d", "a"}) statistics({sql, 1ms});
  auto const found = statistics.snapshot();
  REQUIRE(found.size() == 3);
  CHECK(found[0].sql == query_statistics::other_texts);  // c and d
  CHECK(found[0].count == 2);
  CHECK(found[1].sql == "a");
  CHECK(found[1].count == 2);
}

TEST_CASE("statistics are shared by the connections of a database, on all threads") {
  temporary_directory const directory;
  query_statistics statistics;
  sqlite::options settings;
  settings.on_query = std::ref(statistics);
  auto db = sqlite::open(directory.file("a.db"), settings);
  db.write([](auto& session) { session.connection().execute_script("create table t(x)"); });
  statistics.clear();

  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&db] {
      for (int n = 0; n < 25; ++n) db.read([](auto& session) { query_int(session.connection(), "select 1 from t"); });
    });
  }
  for (auto& thread : threads) thread.join();
  int of_sessions = 0;
  for (auto const& each : statistics.snapshot()) {
    if (each.sql != "select 1 from t" && each.sql != "begin" && each.sql != "commit") continue;
    ++of_sessions;
    CHECK(each.count == 100);
  }
  CHECK(of_sessions == 3);
}

TEST_CASE("the writer puts each run on a line of its own") {
  temporary_directory const directory;
  auto const name = directory.file("queries.log");
  std::FILE* const out = std::fopen(name.c_str(), "w");
  REQUIRE(out != nullptr);
  {
    query_writer const writer{out, 20};
    sql_error const failure("forge_db: no\nsuch thing");
    writer({"select\n   1,\t2", 1500us, 1, 0, nullptr});
    writer({"select 123456789012345678901234567890", 0ns, 0, 12, &failure});
    writer({"select ?", 0ns, 0, 0, nullptr, "select '\x1b[2J'"});
  }
  std::fclose(out);
  std::ifstream in{name};
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  CHECK(text ==
        "     1.500 ms      1 rows      0 changed  select 1, 2\n"
        "     0.000 ms      0 rows     12 changed  select 1234567890123...  FAILED: forge_db: no such th...\n"
        "     0.000 ms      0 rows      0 changed  select '?[2J'\n");
}
