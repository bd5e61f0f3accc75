// SPDX-License-Identifier: MIT
#include "systems/kernel/operations.hpp"
#include "systems/plain_sqlite.hpp"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <retention.hpp>
#include <string>
#include <thread>
#include <utility>

using namespace forge_db;
using namespace std::chrono_literals;
using kernel::app::prune_step;
using kernel::app::retention;
using tests::texts;
using tests::writing;

namespace {

/// Another program beside the retention: it makes an entry and a counter of any age, and sees what is left.
struct log_and_counters {
  log_and_counters() { other.run("pragma busy_timeout = 60000"); }

  /// Both have the number of days for a name.
  void add(int days) {
    std::string const name = std::to_string(days);
    std::string const id = "lower(hex(randomblob(4)) || '-0000-4000-8000-' || hex(randomblob(6)))";
    std::string const moment = "', 'now', '-" + name + " days')";
    other.run("insert into audit_log (id, app_id, action, resource_type, timestamp) values (" + id +
              ", 'mail', 'create', '" + name + "', strftime('%Y-%m-%d %H:%M:%f000" + moment + ")");
    other.run("insert into app_usage (id, app_id, resource, period, count, updated_at) values (" + id + ", 'mail', '" +
              name + "', strftime('%Y-%m-%dT%H" + moment + ", 1, '2026-01-01 00:00:00.000000')");
  }

  /// Entries and then counters, the oldest first.
  texts left() const {
    texts all = other.column("select 'entry ' || resource_type from audit_log order by timestamp");
    for (auto& each : other.column("select 'counter ' || resource from app_usage order by period")) {
      all.push_back(std::move(each));
    }
    return all;
  }

  /// Waits for what another thread does, and is in no hurry.
  void wait_for(texts const& expected) const {
    for (int i = 0; i < 10'000 && left() != expected; ++i) std::this_thread::sleep_for(5ms);
    REQUIRE(left() == expected);
  }

  tests::system_database db{};
  tests::plain_sqlite other{db.file()};
};

[[noreturn]] void nothing_fails(std::exception const&) { std::abort(); }  // not on the thread of the test

}  // namespace

TEST_CASE("a step of pruning takes so many rows, the oldest first, and none that is not old enough") {
  log_and_counters of;
  for (int days : {1, 40, 10, 30, 20}) of.add(days);
  auto const step = [&](std::int64_t most) {
    auto const before = timestamp::now() - std::chrono::days(15);
    return of.db->write([&](writing& s) { return prune_step(s, before, most); });
  };
  CHECK(step(2) == 2);
  CHECK(of.left() ==
        texts{"entry 20", "entry 10", "entry 1", "counter 40", "counter 30", "counter 20", "counter 10", "counter 1"});
  CHECK(step(2) == 2);
  CHECK(of.left() == texts{"entry 10", "entry 1", "counter 30", "counter 20", "counter 10", "counter 1"});
  CHECK(step(3) == 2);
  CHECK(of.left() == texts{"entry 10", "entry 1", "counter 10", "counter 1"});
  CHECK(step(3) == 0);
}

TEST_CASE("what is older than the days goes at the beginning, and what is too old later goes, too") {
  log_and_counters of;
  of.add(8);
  of.add(6);
  retention const running(*of.db, {.keep = std::chrono::days(7), .every = 1ms, .pause = 1ms}, nothing_fails);
  texts const rest{"entry 6", "counter 6"};
  of.wait_for(rest);
  of.add(9);
  of.wait_for(rest);
}

TEST_CASE("between two steps of pruning the writer is free, and a stop ends the wait for the next one") {
  log_and_counters of;
  for (int days : {30, 29, 28}) of.add(days);
  texts const behind_a_step{"entry 29", "entry 28", "counter 30", "counter 29", "counter 28"};
  {
    retention running(*of.db, {.keep = std::chrono::days(7), .pause = 24h, .most = 1}, nothing_fails);
    of.wait_for(behind_a_step);
    of.db->write([](writing&) {});
    of.add(1);
    running.stop();
  }
  CHECK(of.left() == texts{"entry 29", "entry 28", "entry 1", "counter 30", "counter 29", "counter 28", "counter 1"});
}

TEST_CASE("pruning that fails is told and tried again; the steps before it stay") {
  log_and_counters of;
  for (int days : {30, 29, 28, 6}) of.add(days);
  of.other.run(
      "create trigger refusing before delete on audit_log when old.resource_type = '28' begin "
      "select raise(abort, 'not this one'); end");
  std::atomic<int> failures = 0;
  retention const running(*of.db, {.keep = std::chrono::days(7), .again = 1ms, .pause = 1ms, .most = 2},
                          [&](std::exception const&) { ++failures; });
  of.wait_for({"entry 28", "entry 6", "counter 30", "counter 29", "counter 28", "counter 6"});
  while (failures < 2) std::this_thread::sleep_for(1ms);
  of.other.run("drop trigger refusing");
  of.wait_for({"entry 6", "counter 6"});
}
