// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/set_operation.hpp>
#include <forge_db/query/subquery.hpp>

#include <optional>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::texts;
using tests::values_of;

namespace {

constexpr auto all_titles = select(books::title).from<Book>();
auto titles_from(std::string_view first) { return all_titles.where(books::title >= first); }

}  // namespace

TEST_CASE("set operations answer what sets do") {
  auto db = tests::lent_books();
  auto const sorted = [&](auto const& query) { return values_of(db, query.order_by(books::title.asc())); };
  auto const up_to_b = all_titles.where(books::title <= "b");
  CHECK(sorted(union_(up_to_b, titles_from("b"))) == texts{"a", "b", "c", "d"});
  CHECK(sorted(union_all(up_to_b, titles_from("b"))) == texts{"a", "b", "b", "c", "d"});
  CHECK(sorted(intersect(up_to_b, titles_from("b"))) == texts{"b"});
  CHECK(sorted(except(all_titles, up_to_b)) == texts{"c", "d"});
  CHECK(sorted(except(all_titles, up_to_b, titles_from("d"))) == texts{"c"});
}

TEST_CASE("the first operand is done first") {
  auto db = tests::lent_books();
  auto const only_a = all_titles.where(books::title == "a");
  auto const only_b = all_titles.where(books::title == "b");
  CHECK(values_of(db, intersect(union_(only_a, only_b), only_a)) == texts{"a"});  // not a, and what b and a share
  CHECK(values_of(db, union_all(except(only_a, only_a), only_b)) == texts{"b"});
}

TEST_CASE("what the first select can have as NULL others need not have") {
  auto db = tests::lent_books();
  auto const rows = tests::values_of(
      db,
      union_(select(books::shelf_id).from<Book>(), select(shelves::id).from<Shelf>()).order_by(books::shelf_id.asc()));
  CHECK(rows == std::vector<std::optional<ShelfId>>{std::nullopt, ShelfId{1}, ShelfId{2}, ShelfId{3}, ShelfId{4}});
}

TEST_CASE("the result of a set operation is ordered and cut") {
  auto db = tests::lent_books();
  auto const names = union_all(all_titles, select(shelves::code).from<Shelf>().where(shelves::depth > 0));
  CHECK(values_of(db, names.order_by(books::title.desc()).limit(2).offset(1)) == texts{"low", "empty"});
  CHECK(values_of(db, names.offset(6)).size() == 1);

  auto const scores = union_(select(books::title, books::score * 2).from<Book>(),
                             select(books::title, books::score + 100).from<Book>().where(books::score > 8));
  auto const rows = tests::rows_of(db, scores.order_by((books::score * 2).desc().nulls_last(), books::title.asc()));
  REQUIRE(rows.size() == 5);
  CHECK(std::get<1>(rows[0]) == 109);
  CHECK(std::get<0>(rows[4]) == "c");
}

TEST_CASE("a set operation as a subquery takes from outside what its selects take") {
  auto db = tests::lent_books();
  auto const either =
      union_all(select(loans::book_id).from<Loan>().where(loans::book_id == outer(books::id)),
                select(book_authors::book_id).from<BookAuthor>().where(book_authors::book_id == outer(books::id)));
  CHECK(values_of(db, all_titles.where(!exists(either)).order_by(books::title.asc())) == texts{"b", "d"});
  CHECK(values_of(db, all_titles.where(books::title.in(except(all_titles, titles_from("b"))))) == texts{"a"});
}
