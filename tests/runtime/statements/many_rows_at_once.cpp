// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/explain.hpp>
#include <forge_db/query/row_value.hpp>
#include <forge_db/query/update_each.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::rows_of;
using tests::texts;
using tests::values_of;

namespace {

struct scored {
  BookId id;
  std::optional<double> score;
};
struct changes {
  std::string isbn;
  std::optional<std::string> title;  // unset: stays
  patch<double> score;               // unset: stays
};

auto all_books(sqlite::database& db) {
  return rows_of(db, select(books::title, books::score).from<Book>().order_by(books::id.asc()));
}
using titled = std::vector<std::tuple<std::string, std::optional<double>>>;

/// Books 1 to 4 with authors 1 and 2 each.
void add_authors(sqlite::database& db) {
  db.write([](auto& session) {
    session.execute(insert(std::vector<NewAuthor>{{.name = "x"}, {.name = "y"}}));
    std::vector<NewBookAuthor> pairs;
    for (std::int64_t book = 1; book <= 4; ++book) {
      for (std::int64_t author = 1; author <= 2; ++author)
        pairs.push_back({.book_id = BookId{book}, .author_id = AuthorId{author}});
    }
    session.execute(insert(pairs));
  });
}

}  // namespace

TEST_CASE("many rows change by one statement, each by its element") {
  auto db = tests::lent_books();
  std::vector<scored> const rows{{BookId{1}, 1.5}, {BookId{4}, std::nullopt}, {BookId{99}, 3.0}, {BookId{3}, 2.5}};
  db.write([&](auto& session) { CHECK(session.execute(update_each(rows).by(books::id).set(books::score)) == 3); });
  CHECK(all_books(db) == titled{{"a", 1.5}, {"b", 4.0}, {"c", 2.5}, {"d", std::nullopt}});
  db.write([&](auto& session) {
    CHECK(session.execute(update_each(std::vector<scored>{}).by(books::id).set(books::score)) == 0);
    auto const changed = session.all(update_each(rows)
                                         .by(books::id)
                                         .set(books::score)
                                         .where(books::score.is_null() || books::title == "a")
                                         .returning());
    REQUIRE(changed.size() == 2);
    CHECK(changed[0].updated_at > changed[0].created_at);
  });
}

TEST_CASE("what an element leaves unset stays as it is") {
  auto db = tests::lent_books();
  std::vector<changes> const rows{{"1", "A", {}}, {"2", std::nullopt, null}, {"4", "D", 0.5}, {"3", std::nullopt, {}}};
  db.write([&](auto& session) {
    CHECK(session.execute(update_each(rows).by(books::isbn).set(books::title, books::score)) == 4);
  });
  CHECK(all_books(db) == titled{{"A", 2.0}, {"b", std::nullopt}, {"c", std::nullopt}, {"D", 0.5}});
}

TEST_CASE("whole rows and tuples are elements, too") {
  auto db = tests::lent_books();
  auto rows = rows_of(db, select<Book>());
  for (Book& book : rows) book.title += "!", book.score = 1.0;
  db.write([&](auto& session) {
    CHECK(session.execute(update_each(rows).set(books::title)) == 4);
    std::vector<std::tuple<std::string, std::string>> const by_isbn{{"2", "two"}};
    CHECK(session.all(update_each(by_isbn).by(books::isbn).set(books::title).returning(books::id, books::score * 2)) ==
          std::vector<std::tuple<BookId, std::optional<double>>>{{BookId{2}, 8.0}});
  });
  CHECK(all_books(db) == titled{{"a!", 2.0}, {"two", 4.0}, {"c!", std::nullopt}, {"d!", 9.0}});
}

TEST_CASE("a value that cannot be stored is refused by its column's name, and nothing changes") {
  auto db = tests::lent_books();
  std::vector<scored> const rows{{BookId{1}, 1.5}, {BookId{2}, std::numeric_limits<double>::quiet_NaN()}};
  try {
    db.write([&](auto& session) { session.execute(update_each(rows).by(books::id).set(books::score)); });
    FAIL("was accepted");
  } catch (invalid_value const& refused) {
    CHECK(refused.context().column == "score");
  }
  CHECK(all_books(db) == titled{{"a", 2.0}, {"b", 4.0}, {"c", std::nullopt}, {"d", 9.0}});
}

TEST_CASE("rows are found and removed by many keys, of several columns too") {
  auto db = tests::lent_books();
  add_authors(db);
  std::vector<std::tuple<BookId, AuthorId>> const keys{
      {BookId{1}, AuthorId{1}}, {BookId{2}, AuthorId{2}}, {BookId{7}, AuthorId{1}}};
  CHECK(rows_of(db, select<BookAuthor>().where(key_in<BookAuthor>(keys))).size() == 2);
  db.write([&](auto& session) {
    CHECK(session.execute(remove<BookAuthor>().where(key_in<BookAuthor>(keys) && book_authors::position < 5)) == 2);
    std::vector<BookId> const ids{BookId{2}, BookId{4}};
    CHECK(session.all(remove<Book>().where(key_in<Book>(ids)).returning(books::title)).size() == 2);
    CHECK(session.execute(remove<Book>().where(key_in<Book>(std::vector<BookId>{}))) == 0);
  });
  CHECK(values_of(db, select(count()).from<BookAuthor>()) == std::vector<std::int64_t>{3});
  auto const pairs = select(books::isbn, books::title).from<Book>().where(books::title >= "b");
  CHECK(values_of(db, select(books::title).from<Book>().where(row_value(books::isbn, books::title).in(pairs))) ==
        texts{"c"});
}

TEST_CASE("statements of many rows look each row up by its key") {
  auto db = tests::lent_books();
  std::vector<scored> const rows{{BookId{1}, 1.5}};
  std::vector<std::tuple<BookId, AuthorId>> const keys{{BookId{1}, AuthorId{1}}};
  auto const plan = [&](auto query) {
    std::string lines;
    for (std::string const& line : rows_of(db, explain(std::move(query)))) lines += line + "\n";
    return lines;
  };
  CHECK(plan(update_each(rows).by(books::id).set(books::score)).find("SEARCH books USING INTEGER PRIMARY KEY") !=
        std::string::npos);
  std::string const removal = plan(remove<BookAuthor>().where(key_in<BookAuthor>(keys)));
  CHECK(removal.find("SEARCH book_authors USING") != std::string::npos);
  CHECK(plan(update<Book>().set(BookPatch{.title = "x"}).where(books::isbn == "1")).find("USING INDEX") !=
        std::string::npos);
  CHECK(all_books(db).front() == std::tuple<std::string, std::optional<double>>{"a", 2.0});
}
