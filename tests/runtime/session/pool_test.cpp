// SPDX-License-Identifier: MIT

#include <forge_db/session/session.hpp>

#include "runtime/driver/temporary_directory.hpp"
#include "runtime/session/raw_query.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace forge_db;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("connections are opened when first needed and used again") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"));
  CHECK(database.writer().open == 1);
  CHECK(database.readers().open == 0);
  for (int i = 0; i < 3; ++i) database.read([](auto&) {});
  auto const status = database.readers();
  CHECK(status.open == 1);
  CHECK(status.size == 4);
  CHECK(status.in_use == 0);
  CHECK(status.waited == 0);
  database.read([&](auto&) { CHECK(database.readers().in_use == 1); });
}

TEST_CASE("a pool that is used up answers busy after its timeout, and counts it") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.readers = 1;
  settings.acquire_timeout = 1ms;
  auto database = sqlite::open(directory.file("a.db"), settings);
  database.read([&](auto&) {
    auto other = std::async(std::launch::async, [&] { database.read([](auto&) {}); });
    CHECK_THROWS_WITH(other.get(), ContainsSubstring("all 1 connections of the pool in use"));
  });
  CHECK(database.readers().waited == 1);
  database.read([](auto&) {});
}

TEST_CASE("a thread that would wait for itself is refused at once, whichever module its sessions are of") {
  connection_pool<sqlite::connection> pool(1, [] { return sqlite::connection::open(":memory:"); });
  using lease = connection_pool<sqlite::connection>::lease;
  lease const outer(pool, 1ms);
  CHECK_THROWS_AS(lease(pool, 3s), session_misuse);
  auto other = std::async(std::launch::async, [&] { lease const waiting(pool, 1ms); });
  CHECK_THROWS_AS(other.get(), busy);
}

TEST_CASE("a session that waits gets the connection that comes free") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.readers = 1;
  auto database = sqlite::open(directory.file("a.db"), settings);
  std::future<int> other;
  database.read([&](auto&) {
    other = std::async(std::launch::async, [&] { return database.read([](auto&) { return 7; }); });
    while (database.readers().waited == 0) std::this_thread::yield();
  });
  CHECK(other.get() == 7);
}

TEST_CASE("writers of one process queue up, readers go on beside them") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.busy_timeout = 0ms;  // so that two connections that met would fail at once
  settings.write_retries = 0;
  auto database = sqlite::open(directory.file("a.db"), settings);
  create_words(database);
  std::atomic<int> failures{0};
  {
    std::vector<std::jthread> threads;
    threads.reserve(3);
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&, t] {
        try {
          for (int i = 0; i < 20; ++i) {
            add(database, std::to_string(t) + "-" + std::to_string(i));
            count(database);
          }
        } catch (...) {
          ++failures;
        }
      });
    }
  }
  CHECK(failures == 0);
  CHECK(count(database) == 60);
}

TEST_CASE("threads share a database in memory") {
  auto database = sqlite::open(":memory:");
  create_words(database);
  {
    std::jthread const writer([&] {
      for (int i = 0; i < 50; ++i) add(database, std::to_string(i));
    });
    std::jthread const reader([&] {
      for (int i = 0; i < 50; ++i) count(database);
    });
  }
  CHECK(count(database) == 50);
}

TEST_CASE("a connection that cannot be opened leaves its place free") {
  temporary_directory const directory;
  int tries = 0;
  connection_pool<sqlite::connection> pool(1, [&] {
    if (++tries == 1) throw cannot_open("first");
    return sqlite::connection::open(":memory:");
  });
  using lease = connection_pool<sqlite::connection>::lease;
  CHECK_THROWS_AS(lease(pool, 1ms), cannot_open);
  CHECK(pool.status().open == 0);
  lease second(pool, 1ms);
  CHECK(pool.status().open == 1);
}

TEST_CASE("a pool without readers is refused") {
  sqlite::options settings;
  settings.readers = 0;
  CHECK_THROWS_AS(sqlite::open(":memory:", settings), invalid_value);
}
