// SPDX-License-Identifier: MIT

#include <forge_db/session/session.hpp>

#include "runtime/session/raw_query.hpp"
#include "support/catch.hpp"

#include <iterator>
#include <string>
#include <vector>

using namespace forge_db;

namespace {

sqlite::database three_words() {
  auto database = sqlite::open(":memory:");
  create_words(database);
  for (auto const* text : {"one", "two", "three"}) add(database, text);
  return database;
}

}  // namespace

TEST_CASE("all, first, one and value") {
  auto database = three_words();
  database.read([](auto& session) {
    auto const rows = session.all(words_from{2});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].text == "two");
    CHECK(rows[1].id == 3);
    CHECK(session.first(words_from{2})->text == "two");
    CHECK_FALSE(session.first(words_from{9}).has_value());
    CHECK(session.one(words_from{3}).text == "three");
    CHECK_THROWS_AS(session.one(words_from{9}), not_found);
    CHECK_THROWS_AS(session.one(words_from{2}), too_many_rows);
    CHECK(session.value(count_words{}) == 3);
  });
}

TEST_CASE("execute answers the rows that it changed") {
  auto database = three_words();
  database.write([](auto& session) { CHECK(session.execute(insert_word{"four"}) == 1); });
  CHECK(count(database) == 4);
}

TEST_CASE("a stream reuses one struct") {
  auto database = three_words();
  database.read([](auto& session) {
    std::vector<std::string> texts;
    word const* place = nullptr;
    for (word const& row : session.stream(words_from{1})) {
      CHECK((place == nullptr || place == &row));
      place = &row;
      texts.push_back(row.text);
    }
    CHECK(texts == std::vector<std::string>{"one", "two", "three"});
    for (word const& row : session.stream(words_from{9})) FAIL("no row expected, found " << row.id);
  });
}

TEST_CASE("a stream owns its query") {
  auto database = three_words();
  database.read([](auto& session) {
    auto found = session.stream(words_like{std::string("two")});  // short enough to lie in the query itself
    auto at = found.begin();
    REQUIRE(at != found.end());
    CHECK(at->id == 2);
    ++at;
    CHECK(at == found.end());
  });
}

TEST_CASE("a stream that ended stays at its end") {
  auto database = three_words();
  database.read([](auto& session) {
    auto rows = session.stream(words_from{3});
    auto at = rows.begin();
    for (int i = 0; i < 4; ++i) {
      ++at;
      CHECK(at == rows.end());
    }
    auto views = session.views(words_from{3});
    auto seen = views.begin();
    for (int i = 0; i < 4; ++i) {
      ++seen;
      CHECK(seen == views.end());
    }
    auto none = session.stream(words_from{9});
    CHECK(none.begin() == none.end());
    CHECK(none.begin() == none.end());
  });
}

TEST_CASE("a view shows the engine's row in place") {
  auto database = three_words();
  database.read([](auto& session) {
    std::string joined;
    for (auto const& row : session.views(words_from{2})) joined += std::to_string(row.id()) + std::string(row.text());
    CHECK(joined == "2two3three");
  });
}

TEST_CASE("each visits row by row until told to stop") {
  auto database = three_words();
  database.read([](auto& session) {
    int visited = 0;
    session.each(words_from{1}, [&](word const&) { ++visited; });
    CHECK(visited == 3);
    session.each(words_from{1}, [&](word const& row) { return ++visited, row.id < 2; });
    CHECK(visited == 5);
  });
}

TEST_CASE("the same query may run inside of itself") {
  auto database = three_words();
  database.read([](auto& session) {
    int pairs = 0;
    for (word const& outer : session.stream(words_from{1})) {
      for (word const& inner : session.stream(words_from{1})) pairs += outer.id != inner.id;
    }
    CHECK(pairs == 6);
  });
}

TEST_CASE("a stream that is left early lets go of its statement") {
  auto database = three_words();
  database.write([](auto& session) {
    for ([[maybe_unused]] word const& row : session.stream(words_from{1})) break;
    CHECK(session.connection().statements_in_use() == 0);
    session.execute(insert_word{"four"});
  });
  CHECK(count(database) == 4);
}

TEST_CASE("streams are input ranges") {
  using stream = row_stream<words_from, sqlite::connection>;
  STATIC_REQUIRE(std::input_iterator<decltype(std::declval<stream&>().begin())>);
  STATIC_REQUIRE(std::sentinel_for<std::default_sentinel_t, decltype(std::declval<stream&>().begin())>);
}
