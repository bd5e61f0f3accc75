// SPDX-License-Identifier: MIT

#include <forge_db/session/session.hpp>

#include "runtime/driver/temporary_directory.hpp"
#include "runtime/session/raw_query.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace forge_db;
using namespace std::chrono_literals;

namespace {

void write_much(sqlite::database& database) {
  database.write([](auto& session) {
    for (int i = 0; i < 100; ++i) {
      session.execute(insert_word{std::to_string(session.value(count_words{})) + std::string(2000, 'x')});
    }
  });
}

/// A limit that every session has passed.
constexpr auto any_age = -1ms;

}  // namespace

TEST_CASE("a checkpoint empties the log unless a reader holds it") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.busy_timeout = 0ms;
  settings.checkpoint = sqlite::checkpoint_policy::manual;
  auto database = sqlite::open(directory.file("a.db"), settings);
  create_words(database);
  write_much(database);
  CHECK(std::filesystem::file_size(directory.file("a.db-wal")) > 200'000);

  auto reader = sqlite::connection::open(directory.file("a.db"), settings);
  reader.begin_read();
  reader.prepare(count_words{}).step();
  write_much(database);
  CHECK_FALSE(database.checkpoint());
  reader.rollback();
  CHECK(database.checkpoint());
  CHECK(std::filesystem::file_size(directory.file("a.db-wal")) == 0);
}

TEST_CASE("the bounded policy empties a log that has grown too long") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.checkpoint = sqlite::checkpoint_policy::bounded;
  settings.journal_size_limit = 100'000;
  auto database = sqlite::open(directory.file("a.db"), settings);
  create_words(database);
  CHECK(std::filesystem::file_size(directory.file("a.db-wal")) > 0);
  write_much(database);
  CHECK(std::filesystem::file_size(directory.file("a.db-wal")) == 0);
  CHECK(count(database) == 100);
}

TEST_CASE("a log that a reader let grow is cut back to its limit once the reader is gone") {
  temporary_directory const directory;
  auto const log = directory.file("a.db-wal");
  sqlite::options settings;
  settings.journal_size_limit = 50'000;
  settings.wal_autocheckpoint = 10;
  auto database = sqlite::open(directory.file("a.db"), settings);
  create_words(database);
  {
    auto reader = sqlite::connection::open(directory.file("a.db"), settings);
    reader.begin_read();
    reader.prepare(count_words{}).step();
    for (int i = 0; i < 3; ++i) write_much(database);
    CHECK(std::filesystem::file_size(log) > 500'000);  // nothing can be overwritten while the reader looks at it
    reader.rollback();
  }
  write_much(database);  // its checkpoint copies everything back
  write_much(database);  // and this one begins the log anew
  database.write([](auto& session) { session.execute(insert_word{"last"}); });
  CHECK(std::filesystem::file_size(log) < 500'000);
}

TEST_CASE("a read session that is open for too long is reported at its end, once") {
  temporary_directory const directory;
  sqlite::options settings;
  std::vector<sqlite::long_read> reports;
  settings.read_session_limit = any_age;
  settings.on_long_read = [&](sqlite::long_read const& found) { reports.push_back(found); };
  auto database = sqlite::open(directory.file("a.db"), settings);
  database.read([](auto&) {});
  REQUIRE(reports.size() == 1);
  CHECK_FALSE(reports[0].still_open);
  CHECK(reports[0].age >= 0ns);
  CHECK(reports[0].limit == any_age);
  CHECK_THROWS_AS(database.read([](auto&) { throw std::logic_error("x"); }), std::logic_error);
  CHECK(reports.size() == 2);
}

TEST_CASE("a write reports the read sessions that keep the log") {
  temporary_directory const directory;
  sqlite::options settings;
  std::vector<sqlite::long_read> reports;
  settings.read_session_limit = any_age;
  settings.on_long_read = [&](sqlite::long_read const& found) { reports.push_back(found); };
  auto database = sqlite::open(directory.file("a.db"), settings);
  database.read([&](auto&) {
    std::thread([&] { create_words(database); }).join();
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].still_open);
    CHECK(database.readers().oldest > 0ns);
  });
  CHECK(reports.size() == 1);
}

TEST_CASE("a report that throws does no harm") {
  sqlite::options settings;
  settings.read_session_limit = any_age;
  settings.on_long_read = [](sqlite::long_read const&) { throw std::logic_error("x"); };
  auto database = sqlite::open(":memory:", settings);
  CHECK(database.read([](auto&) { return 7; }) == 7);
}
