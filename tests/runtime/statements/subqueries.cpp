// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/subquery.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::rows_of;
using tests::texts;
using tests::values_of;

namespace {

constexpr auto titles = select(books::title).from<Book>();
constexpr auto loans_of_book = loans::book_id == outer(books::id);
constexpr alias<Book, "other"> other;

}  // namespace

TEST_CASE("exists: rows that have a row elsewhere, and those that have none") {
  auto db = tests::lent_books();
  auto const by_title = books::title.asc();
  CHECK(values_of(db, titles.where(exists(select<Loan>().where(loans_of_book))).order_by(by_title)) == texts{"a", "c"});
  CHECK(values_of(db, titles.where(!exists(select<Loan>().where(loans_of_book))).order_by(by_title)) ==
        texts{"b", "d"});
  auto const open = select(loans::id).from<Loan>().where(loans_of_book && loans::status == loan_status::open);
  CHECK(values_of(db, titles.where(exists(open) && books::title == "a")) == texts{"a"});
  CHECK(values_of(db, titles.where(!exists(open) && !!exists(select<Loan>().where(loans_of_book)))) == texts{"c"});
}

TEST_CASE("a select of one column is an expression, which is NULL where it finds no row") {
  auto db = tests::lent_books();
  auto const shelf = select(shelves::name).from<Shelf>().where(shelves::id == outer(books::shelf_id));
  auto const query =
      select(books::title, scalar(shelf), scalar(select(count()).from<Loan>().where(loans_of_book)))
          .from<Book>()
          .order_by(scalar(select(count()).from<Loan>().where(loans_of_book)).desc(), books::title.asc());
  using row = std::tuple<std::string, std::optional<std::string>, std::int64_t>;
  static_assert(std::same_as<decltype(query)::row_type, row>);
  CHECK(rows_of(db, query) ==
        std::vector<row>{{"a", "Middle", 2}, {"c", "Low", 1}, {"b", "Middle", 0}, {"d", std::nullopt, 0}});
}

TEST_CASE("a select of aggregates finds a row always, but not in groups or with having()") {
  auto const total = select(count()).from<Loan>();
  using always = decltype(select(scalar(total)).from<Book>());
  static_assert(std::same_as<always::row_type, std::tuple<std::int64_t>>);
  using maybe = std::tuple<std::optional<std::int64_t>>;
  static_assert(std::same_as<decltype(select(scalar(total.group_by(loans::book_id))).from<Book>())::row_type, maybe>);
  static_assert(std::same_as<decltype(select(scalar(total.having(count() > 1))).from<Book>())::row_type, maybe>);
  static_assert(std::same_as<decltype(select(scalar(total.limit(0))).from<Book>())::row_type, maybe>);
  static_assert(std::same_as<decltype(select(scalar(select(max(loans::id)).from<Loan>())).from<Book>())::row_type,
                             std::tuple<std::optional<LoanId>>>);
}

TEST_CASE("the books above the mean, of all and of their shelf") {
  auto db = tests::lent_books();
  CHECK(values_of(db, titles.where(books::score >= scalar(select(avg(books::score)).from<Book>()))) == texts{"d"});
  auto const of_shelf =
      select(avg(other[books::score])).from(other).where(other[books::shelf_id] == outer(books::shelf_id));
  CHECK(values_of(db, titles.where(books::score > scalar(of_shelf))) == texts{"b"});
}

TEST_CASE("in: a value among those of a select; values are bound in the order of the text") {
  auto db = tests::lent_books();
  auto const back = select(loans::book_id).from<Loan>().where(loans::status == loan_status::returned);
  CHECK(values_of(db, titles.where(books::title != "z" && books::id.in(back) && books::title != "a")) == texts{"c"});
  CHECK(values_of(db, titles.where(books::id.not_in(back) && books::score > 4.5)) == texts{"d"});
  auto const levels = select(shelves::depth).from<Shelf>().where(shelves::code == "low");
  CHECK(values_of(db, select(shelves::name).from<Shelf>().where((shelves::depth + 2).in(levels))) == texts{"Top"});
  CHECK(values_of(db, select(shelves::name).from<Shelf>().where((shelves::depth + 2).not_in(levels))).size() == 3);
}

TEST_CASE("a subquery within a subquery sees both statements around it") {
  auto db = tests::lent_books();
  // The shelves all of whose books were lent.
  auto const never_lent =
      select<Book>().where(books::shelf_id == outer(shelves::id) && !exists(select<Loan>().where(loans_of_book)));
  auto const some = exists(select<Book>().where(books::shelf_id == outer(shelves::id)));
  CHECK(values_of(db, select(shelves::name).from<Shelf>().where(some && !exists(never_lent))) == texts{"Low"});

  auto const same_number =
      select<Loan>().where(loans_of_book && exists(select(other[books::id])
                                                       .from(other)
                                                       .where(other[books::id] == outer(loans::book_id) &&
                                                              other[books::title] == outer(outer(books::title)))));
  CHECK(values_of(db, titles.where(exists(same_number)).order_by(books::title.asc())) == texts{"a", "c"});
}

TEST_CASE("updates and removals by what is elsewhere") {
  auto db = tests::lent_books();
  auto const lent = exists(select<Loan>().where(loans_of_book));
  db.write([&](auto& session) {
    CHECK(session.execute(update<Book>().set(books::score = 1.0).where(lent)) == 2);
    CHECK(session.execute(remove<Book>().where(!lent)) == 2);
  });
  CHECK(values_of(db, select(books::score).from<Book>()) == std::vector<std::optional<double>>{1.0, 1.0});
}
