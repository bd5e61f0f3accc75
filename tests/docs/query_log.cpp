// SPDX-License-Identifier: MIT
// The code that docs/sessions.md shows of the query log.

#include "support/catch.hpp"

#include <forge_db/driver/query_statistics.hpp>
#include <forge_db/driver/query_writer.hpp>
#include <forge_db/session/session.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>

TEST_CASE("docs: the query log") {
  using namespace std::chrono_literals;
  std::string const file = ":memory:";
  // [statistics]
  forge_db::query_statistics statistics;
  forge_db::sqlite::options options;
  options.on_query = std::ref(statistics);
  auto db = forge_db::sqlite::open(file, options);
  // [/statistics]
  db.write([](auto& session) { session.connection().execute_script("create table t(x)"); });
  std::int64_t written = 0;
  // [snapshot]
  for (forge_db::statement_statistics const& each : statistics.snapshot()) {  // the most costly first
    written += std::printf("%8llu runs %10.3f ms  %s\n", static_cast<unsigned long long>(each.count),
                           std::chrono::duration<double, std::milli>(each.total).count(), each.sql.c_str());
  }
  // [/snapshot]
  CHECK(written > 0);
}

TEST_CASE("docs: a log of slow queries") {
  using namespace std::chrono_literals;
  // [slow]
  forge_db::sqlite::options options;
  options.on_query = forge_db::query_writer{stderr};
  options.slow_query = 100ms;
  // [/slow]
  auto db = forge_db::sqlite::open(":memory:", options);
  CHECK_NOTHROW(db.read([](auto&) {}));
}
