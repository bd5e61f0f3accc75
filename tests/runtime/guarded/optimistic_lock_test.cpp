// SPDX-License-Identifier: MIT
#include "runtime/driver/temporary_directory.hpp"
#include "runtime/guarded/office_database.hpp"
#include "support/catch.hpp"
#include "support/full_counts.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace forge_db;
using namespace office;
using Catch::Matchers::ContainsSubstring;
using tests::office_database;

namespace {

int const rounds = tests::is_full() ? 1000 : 100;

/// Reads, adds one, writes by the version that was read; again while another one was faster. Each attempt reads in a
/// transaction of its own, so that only the version keeps the totals right.
int add_rounds(sqlite::database& db) {
  int stale = 0;
  for (int done = 0; done < rounds;) {
    Counter const seen = db.read([](auto& session) { return CounterRepository(session).get("hits"); });
    try {
      db.write([&](auto& session) {
        CounterRepository(session).update(seen.name, seen.version, {.total = seen.total + 1});
      });
      ++done;
    } catch (stale_row const&) {
      ++stale;
    }
  }
  return stale;
}

Counter counter_of(sqlite::database& db) {
  return db.read([](auto& session) { return CounterRepository(session).get("hits"); });
}

}  // namespace

TEST_CASE("a row starts with version 1, and every update adds one") {
  office_database().write([](auto& session) {
    CounterRepository const counters(session);
    CHECK(counters.insert({.name = "a"}).version == 1);
    CHECK(counters.update("a", 1, {.total = 5}) == 2);
    CHECK(counters.get("a").total == 5);
    CHECK(counters.update_unchecked("a", {.hint = "x"}));
    CHECK(counters.get("a").version == 3);
    CHECK(counters.upsert({.name = "a", .total = 7}).version == 4);
    session.execute(update<Counter>().set(counters::total = 8).where(counters::name == "a"));
    session.execute(insert(NewCounter{.name = "a", .total = 9}).on_conflict(counters::name).update(counters::total));
    CHECK(counters.get("a").version == 6);
    CHECK(counters.get("a").total == 9);
    session.execute(update<Counter>().set(counters::version = 1).where(counters::name == "a"));
    CHECK(counters.get("a").version == 1);  // who assigns it says what it is
  });
}

TEST_CASE("a stale version is refused, with what was expected and found, and nothing is written") {
  office_database().write([](auto& session) {
    CounterRepository const counters(session);
    Counter const read = counters.insert({.name = "hits"});
    counters.update("hits", 1, {.total = 1});
    try {
      counters.update("hits", read.version, {.total = 100});
      FAIL("it was written");
    } catch (stale_row const& stale) {
      CHECK(stale.code() == error_code::stale_row);
      CHECK(stale.expected() == 1);
      CHECK(stale.found() == 2);
      CHECK(stale.context().table == "counters");
      CHECK(std::string(stale.what()) ==
            "forge_db: update() requires the row with key 'hits' to have version 1, and it has 2; read it again and "
            "repeat the change [counters.version]");
    }
    CHECK(counters.get("hits").total == 1);
    CHECK_THROWS_AS(counters.save(read), stale_row);
    CHECK_THROWS_AS(counters.remove("hits", 1), stale_row);
    CHECK_THROWS_AS(counters.update("hits", 1, {}), stale_row);
    CHECK(counters.update("hits", 2, {}) == 2);  // an empty patch changes nothing
    CHECK(counters.get("hits").version == 2);
  });
}

TEST_CASE("a row that is gone is not found, whatever the version") {
  office_database().write([](auto& session) {
    CounterRepository const counters(session);
    Counter const read = counters.insert({.name = "hits"});
    counters.remove("hits", 1);
    CHECK_THROWS_MATCHES(counters.update("hits", 1, {.total = 1}), not_found,
                         Catch::Matchers::Message("forge_db: update() requires a row with key 'hits'; it is gone "
                                                  "[counters]"));
    CHECK_THROWS_AS(counters.update("hits", 1, {}), not_found);
    CHECK_THROWS_AS(counters.save(read), not_found);
    CHECK_THROWS_AS(counters.remove("hits", 1), not_found);
    CHECK_FALSE(counters.update_unchecked("hits", {.total = 1}));
  });
}

TEST_CASE("save() writes a row as it is, but its key and what every update sets") {
  office_database().write([](auto& session) {
    CounterRepository const counters(session);
    Counter row = counters.insert({.name = "hits", .hint = "old", .updated_at = timestamp::from_unix_us(1)});
    row.total = 12;
    row.hint.reset();
    Counter const saved = counters.save(row);
    CHECK(saved.total == 12);
    CHECK_FALSE(saved.hint);
    CHECK(saved.version == 2);
    CHECK(saved.created_at == row.created_at);
    CHECK(saved.updated_at > row.updated_at);
    CHECK(counters.get("hits").total == 12);
    CHECK_THROWS_AS(counters.save(row), stale_row);
    CHECK(counters.save(saved).version == 3);
  });
}

TEST_CASE("a deleted row is gone for who has a version of it") {
  office_database().write([](auto& session) {
    FileRepository const files(session, "mail");
    File const read = files.insert({.name = "a"});
    files.remove(read.id, 1);
    CHECK(files.with_deleted().get(read.id).version == 2);  // the mark is an update
    CHECK_THROWS_AS(files.update(read.id, 2, {.name = "b"}), not_found);
    CHECK_THROWS_AS(files.with_deleted().update(read.id, 2, {.name = "b"}), not_found);
    CHECK_THROWS_AS(files.save(read), not_found);
    files.restore(read.id);
    CHECK(files.get(read.id).version == 3);
  });
}

TEST_CASE("8 threads lose no update") {
  temporary_directory const directory;
  auto db = office_database(directory.file("a.db"));
  db.write([](auto& session) { CounterRepository(session).insert({.name = "hits"}); });
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { add_rounds(db); });
  for (std::thread& thread : threads) thread.join();
  Counter const counter = counter_of(db);
  CHECK(counter.total == 8 * rounds);
  CHECK(counter.version == 8 * rounds + 1);
}

TEST_CASE("4 processes lose no update") {
  temporary_directory const directory;
  {
    auto db = office_database(directory.file("a.db"));
    db.write([](auto& session) { CounterRepository(session).insert({.name = "hits"}); });
  }
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    children.push_back(::fork());
    if (children.back() == 0) {
      int answer = 1;
      try {
        auto own = sqlite::open(directory.file("a.db"));
        add_rounds(own);
        answer = 0;
      } catch (...) {
      }
      ::_exit(answer);
    }
  }
  for (pid_t const child : children) {
    int status = 1;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  auto db = sqlite::open(directory.file("a.db"));
  Counter const counter = counter_of(db);
  CHECK(counter.total == 4 * rounds);
  CHECK(counter.version == 4 * rounds + 1);
}
