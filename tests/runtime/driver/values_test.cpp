// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "support/catch.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace forge_db;

namespace {

/// A table that keeps what it is given, and the way there and back.
class keeper {
 public:
  keeper() { connection_.execute_script("create table t(v)"); }

  template <class Bind, class Check>
  void round_trip(Bind bind, Check check) {
    connection_.execute_script("delete from t");
    auto insert = connection_.prepare_once("insert into t values (?)");
    bind(insert);
    insert.step();
    auto select = connection_.prepare_once("select v from t");
    REQUIRE(select.step());
    check(select);
  }

 private:
  sqlite::connection connection_ = sqlite::connection::open(":memory:");
};

void same_text(keeper& kept, std::string const& value) {
  kept.round_trip([&](auto& sink) { sink.text(1, value); },
                  [&](auto& row) {
                    CHECK(row.kind(0) == value_kind::text);
                    CHECK((row.text(0) == value));  // a failure must not print megabytes
                  });
}

}  // namespace

TEST_CASE("text comes back byte for byte") {
  keeper kept;
  same_text(kept, "");
  same_text(kept, std::string("a\0b\0", 4));
  same_text(kept, std::string("\0", 1));
  same_text(kept, "größe 鍵 \xf0\x9f\x98\x80");
  same_text(kept, "\xff\xfe\xc0\x80 invalid \xed\xa0\x80");
  same_text(kept, R"('quoted' "text" \ % _)");
}

TEST_CASE("10 MB of any bytes come back exactly") {
  keeper kept;
  std::mt19937 random{7};
  std::string value(10'000'000, '\0');  // NOLINT(bugprone-string-constructor): large on purpose
  for (char& c : value) c = static_cast<char>(random());
  same_text(kept, value);
}

TEST_CASE("a text view without memory is empty and not NULL") {
  keeper kept;
  kept.round_trip([](auto& sink) { sink.text(1, {}); },
                  [](auto& row) {
                    CHECK(row.kind(0) == value_kind::text);
                    CHECK(row.text(0).empty());
                  });
}

TEST_CASE("blobs come back byte for byte, empty as against NULL") {
  keeper kept;
  std::vector<std::byte> const value = GENERATE(std::vector<std::byte>{}, std::vector<std::byte>{std::byte{0}},
                                                std::vector<std::byte>(70000, std::byte{0xff}));
  kept.round_trip([&](auto& sink) { sink.blob(1, value); },
                  [&](auto& row) {
                    CHECK(row.kind(0) == value_kind::blob);
                    auto const found = row.blob(0);
                    CHECK((std::vector<std::byte>(found.begin(), found.end()) == value));
                  });
}

TEST_CASE("NULL is NULL") {
  keeper kept;
  kept.round_trip([](auto& sink) { sink.null(1); },
                  [](auto& row) {
                    CHECK(row.is_null(0));
                    CHECK(row.kind(0) == value_kind::null);
                    CHECK(row.text(0).empty());
                    CHECK(row.blob(0).empty());
                  });
}

TEST_CASE("every integer comes back") {
  keeper kept;
  using limits = std::numeric_limits<std::int64_t>;
  auto const value = GENERATE(as<std::int64_t>(), 0, 1, -1, limits::max(), limits::min(), limits::max() - 1, 1LL << 53,
                              (1LL << 53) + 1, -(1LL << 31) - 1);
  kept.round_trip([&](auto& sink) { sink.int64(1, value); },
                  [&](auto& row) {
                    CHECK(row.kind(0) == value_kind::integer);
                    CHECK(row.int64(0) == value);
                  });
}

TEST_CASE("every bit of a double comes back") {
  keeper kept;
  using limits = std::numeric_limits<double>;
  auto const value = GENERATE(0.1, -1.5, limits::infinity(), -limits::infinity(), limits::denorm_min(), limits::min(),
                              limits::max(), limits::lowest(), limits::epsilon(), 3.0, 9007199254740993.0);
  kept.round_trip([&](auto& sink) { sink.float64(1, value); },
                  [&](auto& row) {
                    CHECK(row.kind(0) == value_kind::real);
                    CHECK(std::bit_cast<std::uint64_t>(row.float64(0)) == std::bit_cast<std::uint64_t>(value));
                  });
}

TEST_CASE("a negative zero loses its sign in a column of real affinity") {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script("create table t(v real)");
  auto insert = connection.prepare_once("insert into t values (?)");
  insert.float64(1, -0.0);
  insert.step();
  auto select = connection.prepare_once("select v from t");
  REQUIRE(select.step());
  CHECK(std::bit_cast<std::uint64_t>(select.float64(0)) == 0);
}

TEST_CASE("NaN is refused") {
  keeper kept;
  auto connection = sqlite::connection::open(":memory:");
  auto statement = connection.prepare_once("select ?");
  CHECK_THROWS_AS(statement.float64(1, std::numeric_limits<double>::quiet_NaN()), invalid_value);
}

TEST_CASE("scratch memory lives until the statement is reset") {
  auto connection = sqlite::connection::open(":memory:");
  auto statement = connection.prepare_once("select ? || ? || ?");
  for (int round = 0; round < 3; ++round) {
    int index = 0;
    for (std::size_t const size : {100U, 1000U, 150U}) {
      auto const memory = statement.scratch(size);
      std::fill(memory.begin(), memory.end(), static_cast<char>('a' + index));
      statement.text(++index, {memory.data(), memory.size()});
    }
    REQUIRE(statement.step());
    CHECK(statement.text(0) == std::string(100, 'a') + std::string(1000, 'b') + std::string(150, 'c'));
    statement.reset();
  }
}
