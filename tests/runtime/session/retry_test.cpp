// SPDX-License-Identifier: MIT

#include <forge_db/session/session.hpp>

#include "runtime/driver/temporary_directory.hpp"
#include "runtime/session/raw_query.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <string>

using namespace forge_db;
using namespace std::chrono_literals;

namespace {

sqlite::options impatient(int retries) {
  sqlite::options settings;
  settings.busy_timeout = 0ms;
  settings.retry_backoff = 1ms;
  settings.write_retries = retries;
  return settings;
}

}  // namespace

TEST_CASE("a write that finds the database locked gives up after its retries") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"), impatient(3));
  create_words(database);
  auto other = sqlite::connection::open(directory.file("a.db"));
  other.begin_write();
  CHECK_THROWS_AS(database.write([](auto&) { FAIL("must not run"); }), busy);
  other.rollback();
  add(database, "now");
  CHECK(count(database) == 1);
}

TEST_CASE("the whole write runs again, from a clean start") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"), impatient(3));
  create_words(database);
  int runs = 0;
  database.write([&](auto& session) {
    session.execute(insert_word{"once"});  // would repeat a unique value if the first run were still there
    if (++runs == 1) throw busy("as another process would cause it");
  });
  CHECK(runs == 2);
  CHECK(count(database) == 1);
}

TEST_CASE("only busy is tried again, and only as often as allowed") {
  auto database = sqlite::open(":memory:", impatient(2));
  int runs = 0;
  CHECK_THROWS_AS(database.write([&](auto&) {
    ++runs;
    throw busy("always");
  }),
                  busy);
  CHECK(runs == 3);
  runs = 0;
  CHECK_THROWS_AS(database.write([&](auto&) {
    ++runs;
    throw not_found("something else");
  }),
                  not_found);
  CHECK(runs == 1);
}

TEST_CASE("a write succeeds once the other process is done") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"), impatient(1));
  create_words(database);
  auto other = sqlite::connection::open(directory.file("a.db"), impatient(0));
  int runs = 0;
  database.write([&](auto& session) {
    CHECK_THROWS_AS(other.begin_write(), busy);
    if (++runs == 1) throw busy("simulated");
    session.execute(insert_word{"kept"});
  });
  other.begin_write();
  other.rollback();
  CHECK(runs == 2);
}
