// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

using namespace forge_db;

namespace {

constexpr char one[] = "select 1";
constexpr char two[] = "select 2";
constexpr char find_text[] = "select word from t where id = ?";

struct find_statement {};

sqlite::prepared find(sqlite::connection& connection) {
  return connection.prepare(slot_of<find_statement, dialect::sqlite>, find_text, sizeof find_text - 1);
}

sqlite::connection words() {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script(
      "create table t(id integer primary key, word text); insert into t values (1, 'a'), (2, 'b')");
  return connection;
}

/// Text of variable shape, as a query would have it.
struct shaped {
  static constexpr auto kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = true;
  using row_type = std::int64_t;

  std::size_t bit;

  shape_mask mask() const {
    shape_mask found;
    found.set(bit);
    return found;
  }
  static std::string join(dialect, shape_mask const& mask) {
    for (std::size_t i = 0;; ++i) {
      if (mask.test(i)) return "select " + std::to_string(i);
    }
  }
};

/// How many statements the connection holds, in use or kept.
int statements(sqlite::connection& connection) {
  int held = 0;
  for (auto* each = sqlite3_next_stmt(connection.native(), nullptr); each != nullptr;
       each = sqlite3_next_stmt(connection.native(), each)) {
    ++held;
  }
  return held;
}

std::int64_t answer(sqlite::prepared statement) {
  REQUIRE(statement.step());
  return statement.int64(0);
}

// Uses a slot before main: it must work, and what it finds must still be right afterwards.
std::int64_t const before_main = [] {
  auto connection = words();
  auto statement = find(connection);
  statement.int64(1, 1);
  return statement.step() ? static_cast<std::int64_t>(slot_of<find_statement, dialect::sqlite>.number()) : 0;
}();

}  // namespace

TEST_CASE("a statement is prepared once and comes back reset") {
  auto connection = words();
  sqlite3_stmt* first = nullptr;
  for (int round = 0; round < 3; ++round) {
    auto statement = find(connection);
    if (round == 0) first = statement.native();
    CHECK(statement.native() == first);
    CHECK(sqlite3_stmt_busy(statement.native()) == 0);
    statement.int64(1, 2);
    REQUIRE(statement.step());
    CHECK(statement.text(0) == "b");
  }
}

TEST_CASE("a statement in use is not handed out twice") {
  auto connection = words();
  auto outer = find(connection);
  outer.int64(1, 1);
  REQUIRE(outer.step());
  {
    auto inner = find(connection);
    CHECK(inner.native() != outer.native());
    inner.int64(1, 2);
    REQUIRE(inner.step());
    CHECK(inner.text(0) == "b");
  }
  CHECK(outer.text(0) == "a");
  CHECK(connection.statements_in_use() == 1);
}

TEST_CASE("a slot number alone does not find a statement") {
  // What a plugin with a counter of its own does: the same number, another text.
  auto connection = sqlite::connection::open(":memory:");
  statement_slot slot;
  CHECK(answer(connection.prepare(slot, one, sizeof one - 1)) == 1);
  CHECK(answer(connection.prepare(slot, two, sizeof two - 1)) == 2);
  auto running = connection.prepare(slot, one, sizeof one - 1);
  CHECK(answer(connection.prepare(slot, two, sizeof two - 1)) == 2);
  CHECK(answer(std::move(running)) == 1);  // NOLINT(bugprone-use-after-move): CHECK runs it once
  CHECK(answer(connection.prepare(slot, one, sizeof one - 1)) == 1);
}

TEST_CASE("texts that share a number are each prepared once") {
  auto connection = sqlite::connection::open(":memory:");
  statement_slot slot;
  auto* const first = connection.prepare(slot, one, sizeof one - 1).native();
  auto* const second = connection.prepare(slot, two, sizeof two - 1).native();
  CHECK(statements(connection) == 2);
  for (int round = 0; round < 3; ++round) {
    CHECK(connection.prepare(slot, one, sizeof one - 1).native() == first);
    CHECK(connection.prepare(slot, two, sizeof two - 1).native() == second);
  }
  auto const running = connection.prepare(slot, two, sizeof two - 1);
  CHECK(running.native() == second);
  CHECK(answer(connection.prepare(slot, two, sizeof two - 1)) == 2);  // in use: another one, for once
  CHECK(connection.prepare(slot, two, sizeof two - 1).native() != second);
}

TEST_CASE("slots work in static initialisers") {
  CHECK(before_main > 0);
  CHECK(static_cast<std::int64_t>(slot_of<find_statement, dialect::sqlite>.number()) == before_main);
}

TEST_CASE("SQLite never prepares a statement again on its own") {
  auto connection = words();
  connection.execute_script("create index by_word on t(word) where word >= 'a'");
  constexpr std::string_view text = "select id from t where word >= ? and word < ? and id > ?";
  statement_slot slot;
  for (int round = 0; round < 1000; ++round) {
    auto statement = connection.prepare(slot, text.data(), text.size());
    statement.text(1, round % 2 == 0 ? "a" : "");
    statement.text(2, "z");
    statement.int64(3, round);
    while (statement.step()) {
    }
    REQUIRE(sqlite3_stmt_status(statement.native(), SQLITE_STMTSTATUS_REPREPARE, 0) == 0);
  }
}

TEST_CASE("LIKE with a parameter is not prepared again either") {
  auto connection = words();
  auto statement = connection.prepare_once("select count(*) from t where word like ?");
  for (int round = 0; round < 10; ++round) {
    auto const pattern = std::to_string(round) + "%";
    statement.text(1, pattern);
    statement.step();
    statement.reset();
  }
  CHECK(sqlite3_stmt_status(statement.native(), SQLITE_STMTSTATUS_REPREPARE, 0) == 0);
}

TEST_CASE("statements of variable shape are kept by mask, the oldest dropped") {
  sqlite::options settings;
  settings.masked_statements = 2;
  auto connection = sqlite::connection::open(":memory:", settings);
  auto const native = [&](std::size_t bit) { return connection.prepare(shaped{bit}).native(); };
  auto* const zero = native(0);
  CHECK(native(0) == zero);
  auto held = connection.prepare(shaped{1});
  CHECK(answer(connection.prepare(shaped{1})) == 1);  // in use: another one
  CHECK(answer(connection.prepare(shaped{2})) == 2);
  CHECK(answer(connection.prepare(shaped{3})) == 3);  // drops the one that is held
  CHECK(answer(std::move(held)) == 1);                // NOLINT(bugprone-use-after-move): CHECK runs it once
  CHECK(answer(connection.prepare(shaped{0})) == 0);
  CHECK(statements(connection) == 2);
}

TEST_CASE("a statement may outlive its connection") {
  auto connection = std::make_unique<sqlite::connection>(words());
  auto cached = find(*connection);
  auto once = connection->prepare_once("select count(*) from t");
  cached.int64(1, 1);
  REQUIRE(cached.step());
  connection.reset();
  CHECK(cached.text(0) == "a");
  CHECK(answer(std::move(once)) == 2);  // NOLINT(bugprone-use-after-move): CHECK runs it once
}

TEST_CASE("a connection moves with its statements") {
  auto first = words();
  auto statement = find(first);
  auto second = std::move(first);
  statement.int64(1, 1);
  REQUIRE(statement.step());
  CHECK(second.statements_in_use() == 1);
  first = words();
  CHECK(first.statements_in_use() == 0);
}
