// SPDX-License-Identifier: MIT
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/models.hpp>

#include <forge_db/query/query.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

/// What a search form leaves open.
struct wanted {
  std::optional<std::string> title{};
  std::optional<double> score{};
  bool placed = false;
};

auto query_of(wanted const& form) {
  return select(books::id)
      .from<Book>()
      .where(books::id > BookId{0} &&
             when(form.title, [](auto const& title) { return books::title.contains(title); }) &&
             when(form.score, [](double score) { return books::score >= score; }) &&
             when(form.placed, books::shelf_id.is_not_null()))
      .order_by(books::id.asc())
      .limit(10);
}

std::string text_of(wanted const& form, dialect target = dialect::sqlite) {
  auto const query = query_of(form);
  return decltype(query)::join(target, query.mask());
}

}  // namespace

TEST_CASE("a condition that is not asked for is not in the text, and its value is not bound") {
  CHECK(text_of({}) == R"(select "id" from "books" where "id" > ? and true and true and true order by "id" limit ?)");
  CHECK(
      text_of({.score = 2.0, .placed = true}, dialect::postgres) ==
      R"(select "id" from "books" where "id" > $1 and true and "score" >= $2 and "shelf_id" is not null order by "id" limit $3)");
}

TEST_CASE("every choice of conditions answers its rows, and has one text") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.execute(insert(std::vector<NewShelf>{{.code = "a", .name = "a"}}));
    session.execute(insert(std::vector<NewBook>{{.isbn = "1", .title = "sea", .shelf_id = ShelfId{1}, .score = 2.0},
                                                {.isbn = "2", .title = "Seal", .score = 4.0},
                                                {.isbn = "3", .title = "sky", .shelf_id = ShelfId{1}, .score = 6.0}}));
  });
  std::set<std::string> texts;
  auto const found = [&](wanted const& form) {
    texts.insert(text_of(form));
    return db.read([&](auto& session) {
      std::vector<std::int64_t> ids;
      for (auto const& [id] : session.all(query_of(form))) ids.push_back(id.value());
      return ids;
    });
  };
  using ids = std::vector<std::int64_t>;
  for (int round = 0; round < 2; ++round) {  // the second time with texts that are there
    CHECK(found({}) == ids{1, 2, 3});
    CHECK(found({.title = "SEA"}) == ids{1, 2});
    CHECK(found({.score = 3.0}) == ids{2, 3});
    CHECK(found({.placed = true}) == ids{1, 3});
    CHECK(found({.title = "sea", .score = 3.0}) == ids{2});
    CHECK(found({.title = "s", .score = 3.0, .placed = true}) == ids{3});
    CHECK(found({.title = "s", .score = 7.0, .placed = true}).empty());
  }
  CHECK(texts.size() == 6);
}

TEST_CASE("a condition that is left out does not keep an index from serving the others") {
  auto db = tests::library_database();
  db.read([](auto& session) {
    auto const form = wanted{.placed = true};
    auto plan = session.connection().prepare_once("explain query plan " + text_of(form));
    REQUIRE(plan.step());
    CHECK(std::string(plan.text(3)).find("USING INTEGER PRIMARY KEY") != std::string::npos);
  });
}
