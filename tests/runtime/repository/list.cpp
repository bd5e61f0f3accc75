// SPDX-License-Identifier: MIT
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/repositories.hpp>

#include <string>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

sqlite::database twelve_books() {
  auto db = tests::library_database();
  db.write([](auto& session) {
    ShelfRepository{session}.insert({.code = "A", .name = "a"});
    BookRepository repository{session};
    for (int i = 1; i <= 12; ++i) {
      NewBook book{.isbn = std::to_string(100 + i), .title = i % 3 == 0 ? "Emma" : "Walden " + std::to_string(i)};
      if (i % 2 == 0) book.shelf_id = ShelfId{1};
      if (i > 10)
        book.score = null;
      else
        book.score = i;
      if (i == 5) book.status = loan_status::lost;
      book.tags = std::vector<std::string>{i < 4 ? "early" : "late"};
      repository.insert(book);
    }
  });
  return db;
}

std::vector<std::int64_t> ids(page<Book> const& page) {
  std::vector<std::int64_t> ids;
  for (Book const& book : page.rows) ids.push_back(book.id.value());
  return ids;
}

using id_list = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("pages of a list do not overlap, and know the total") {
  auto db = twelve_books();
  db.read([](auto& session) {
    BookRepository books{session};
    auto const first = books.list({}, BookSort::title, direction::ascending, {.page = 1, .per_page = 5});
    CHECK(ids(first) == id_list{3, 6, 9, 12, 1});
    CHECK(first.total == 12);
    CHECK(first.number == 1);
    CHECK(first.size == 5);
    CHECK(first.pages() == 3);
    CHECK(first.has_next());
    auto const last = books.list({}, BookSort::title, direction::ascending, {.page = 3, .per_page = 5});
    CHECK(last.rows.size() == 2);
    CHECK_FALSE(last.has_next());
    CHECK(books.list({}, BookSort::title, direction::ascending, {.page = 4, .per_page = 5}).rows.empty());
    auto const behind = books.list({}, BookSort::title, direction::ascending, {.per_page = 5, .offset = 3});
    CHECK(ids(behind).front() == 12);
    CHECK(behind.rows.size() == 5);
    CHECK(behind.number == 1);
    CHECK(books.list({}, BookSort::title, direction::ascending, {.page = 1, .per_page = 5, .offset = 10}).number == 3);
    CHECK_THROWS_AS(books.list({}, BookSort::title, direction::ascending, {.offset = ~std::size_t{0}}), invalid_value);
    CHECK(books.list().size == 20);
  });
}

TEST_CASE("a sort without a direction is ascending, the default sort has its own; NULL is lowest") {
  auto db = twelve_books();
  db.read([](auto& session) {
    BookRepository books{session};
    CHECK(ids(books.list()).front() == 12);
    CHECK(ids(books.list({}, BookSort::score)) == id_list{11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(ids(books.list({}, BookSort::score, direction::descending, {.per_page = 2})) == id_list{10, 9});
  });
}

TEST_CASE("filters narrow the list and its total alike") {
  auto db = twelve_books();
  db.read([](auto& session) {
    BookRepository books{session};
    auto const listed = [&](BookFilter const& filter) {
      auto const page = books.list(filter, BookSort::score);
      CHECK(page.total == static_cast<std::int64_t>(page.rows.size()));
      CHECK(books.count(filter) == page.total);
      return ids(page);
    };
    CHECK(listed({.shelf_id = ShelfId{1}}) == id_list{12, 2, 4, 6, 8, 10});
    CHECK(listed({.score = {.from = 9}}) == id_list{9, 10});
    CHECK(listed({.score = {.from = 2, .to = 3}}) == id_list{2, 3});
    CHECK(listed({.title = "EMM"}) == id_list{12, 3, 6, 9});
    CHECK(listed({.tags = "early"}) == id_list{1, 2, 3});
    CHECK(listed({.status_in = std::vector{loan_status::lost, loan_status::returned}}) == id_list{5});
    CHECK(listed({.status_in = std::vector<loan_status>{}}).empty());
    CHECK(listed({.status_not = loan_status::open}) == id_list{5});
    CHECK(listed({.search = "walden 1"}) == id_list{11, 1, 10});
    CHECK(listed({.search = "102"}) == id_list{2});
    CHECK(listed({.shelf_id = ShelfId{1}, .score = {.to = 6}, .title = "emma"}) == id_list{6});
    CHECK(ShelfRepository{session}.count({.parent_id_is_null = true}) == 1);
    CHECK(ShelfRepository{session}.count({.parent_id_is_null = false}) == 0);
  });
}

TEST_CASE("pages beyond the rules are refused, naming the limit") {
  auto db = twelve_books();
  db.read([](auto& session) {
    BookRepository books{session};
    auto const list = [&](offset_page page) { return books.list({}, BookSort::title, std::nullopt, page); };
    CHECK_THROWS_AS(list({.page = 0}), invalid_value);
    CHECK_THROWS_AS(list({.per_page = 0}), invalid_value);
    CHECK_THROWS_WITH(list({.per_page = 101}), Catch::Matchers::ContainsSubstring("1 to 100"));
    CHECK_THROWS_AS(list({.page = static_cast<std::size_t>(-1)}), invalid_value);
    CHECK_THROWS_AS(books.list({}, static_cast<BookSort>(99)), invalid_value);
  });
}
