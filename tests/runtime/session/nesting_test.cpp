// SPDX-License-Identifier: MIT

#include <forge_db/session/session.hpp>

#include "runtime/driver/temporary_directory.hpp"
#include "runtime/session/raw_query.hpp"
#include "support/catch.hpp"

#include <optional>
#include <stdexcept>

using namespace forge_db;

namespace {

enum class kind { read, write };

template <class Work>
void open_session(sqlite::database& database, kind wanted, Work work) {
  if (wanted == kind::read) {
    database.read([&](auto&) { work(); });
  } else {
    database.write([&](auto&) { work(); });
  }
}

}  // namespace

TEST_CASE("a session inside of another one is refused") {
  temporary_directory const directory;
  auto const outer = GENERATE(kind::read, kind::write);
  auto const inner = GENERATE(kind::read, kind::write);
  auto const path = GENERATE(as<std::string>(), "file", ":memory:");
  auto database = sqlite::open(path == "file" ? directory.file("a.db") : path);
  open_session(database, outer, [&] {
    CHECK_THROWS_AS(open_session(database, inner, [] { FAIL("nested"); }), session_misuse);
    CHECK_THROWS_AS(database.checkpoint(), session_misuse);
  });
  open_session(database, inner, [] {});  // and it is usable afterwards
}

TEST_CASE("sessions of two databases may be nested") {
  auto first = sqlite::open(":memory:");
  auto second = sqlite::open(":memory:");
  create_words(first);
  create_words(second);
  add(first, "copied");
  first.read([&](auto& from) {
    second.write([&](auto& to) {
      for (word const& row : from.stream(words_from{1})) to.execute(insert_word{row.text});
    });
  });
  CHECK(count(second) == 1);
}

TEST_CASE("a session that ended by an exception does not count") {
  auto database = sqlite::open(":memory:");
  CHECK_THROWS_AS(database.write([](auto&) { throw std::logic_error("x"); }), std::logic_error);
  database.read([](auto&) {});
}

TEST_CASE("a statement that leaves its session is refused, and the database goes on") {
  temporary_directory const directory;
  auto database = sqlite::open(directory.file("a.db"));
  create_words(database);
  auto const prepare = [](auto& session) { return session.connection().prepare_once("select 1"); };
  CHECK_THROWS_AS(database.read(prepare), session_misuse);

  std::optional<sqlite::statement> kept;
  CHECK_THROWS_AS(database.read([&](auto& session) { kept.emplace(prepare(session)); }), session_misuse);
  CHECK(database.readers().open == 0);  // the connection that it uses was given up
  CHECK_THROWS_AS(database.write([&](auto& session) {
    session.execute(insert_word{"undone"});
    kept.emplace(prepare(session));
  }),
                  session_misuse);
  REQUIRE(kept->step());
  CHECK(kept->int64(0) == 1);
  kept.reset();
  CHECK(count(database) == 0);
  add(database, "kept");
  CHECK(count(database) == 1);
}

TEST_CASE("a session keeps its transaction") {
  auto database = sqlite::open(":memory:");
  create_words(database);
  CHECK_THROWS_AS(database.write([](auto& session) {
    session.execute(insert_word{"a"});
    session.connection().rollback();
  }),
                  session_misuse);
  CHECK(count(database) == 0);
}
