// SPDX-License-Identifier: MIT
// Relations whose condition, order and limit stand in the spec.
#include "runtime/relations/club_database.hpp"
#include "support/catch.hpp"

#include <club/authors_relations.hpp>
#include <club/authors_repository.hpp>
#include <club/books_relations.hpp>
#include <club/books_repository.hpp>
#include <club/covers_repository.hpp>
#include <club/loans_relations.hpp>
#include <club/loans_repository.hpp>
#include <club/members_repository.hpp>

#include <forge_db/query/render.hpp>

#include <string>
#include <string_view>

using namespace forge_db;
using namespace club;

namespace {

/// Book 1 has loans 1 to 5, due 10 to 50, of which 4 is returned; book 2 has loan 6.
struct club_of_loans : tests::club_database {
  club_of_loans() {
    db.write([](auto& session) {
      auto const ann = MemberRepository{session}.insert({.name = "Ann"}).id;
      BookRepository books{session};
      books.insert({.title = "Emma"});
      books.insert({.title = "Walden", .c0 = 1});
      CoverRepository{session}.insert({.book_id = BookId{1}, .colour = "red"});
      CoverRepository{session}.insert({.book_id = BookId{2}, .colour = "blue"});
      LoanRepository loans{session};
      for (int i = 1; i <= 5; ++i) loans.insert({.book_id = BookId{1}, .borrower_id = ann, .due = 10 * i});
      loans.update(LoanId{4}, {.returned = 1});
      loans.insert({.book_id = BookId{2}, .borrower_id = ann, .due = 5});
    });
  }
};

template <class Loans>
std::string ids(Loans const& loans) {
  return tests::joined(loans, [](auto const& loan) { return std::to_string(loan.id.value()); });
}

template <class Tag, class Order, class Limit, dialect Of>
constexpr std::string_view text =
    sql_text<forge_db::detail::relation_statement<Tag, forge_db::detail::every_row, Order, Limit>, Of>;
using every_order = forge_db::detail::clause_list<>;

}  // namespace

TEST_CASE("a relation of the spec has its condition, its order and its limit for each parent") {
  club_of_loans club;
  auto const selects = club.selects([](auto& session) {
    auto const rows = BookRepository{session}.with(books::open_loans, books::red_cover, books::loans).list().rows;
    CHECK(ids(rows[0][books::open_loans]) == "5 3");
    CHECK(ids(rows[1][books::open_loans]) == "6");
    CHECK(ids(rows[0][books::loans]) == "1 2 3 4 5");
    CHECK(rows[0][books::red_cover]->colour == "red");
    CHECK_FALSE(rows[1][books::red_cover]);
  });
  CHECK(selects == 5);
}

TEST_CASE("the program narrows such a relation further, and may give it another order and limit") {
  club_of_loans club;
  club.db.read([](auto& session) {
    BookRepository books{session};
    auto const one = [&](auto relation) { return books.with(relation).get(BookId{1}); };
    CHECK(ids(one(books::open_loans.where(loans::due < 30))[books::open_loans]) == "2 1");
    CHECK(ids(one(books::open_loans.order_by(loans::due.asc()))[books::open_loans]) == "1 2");
    CHECK(ids(one(books::open_loans.limit(3))[books::open_loans]) == "5 3 2");
    CHECK(one(count_of(books::open_loans))[count_of(books::open_loans)] == 4);  // the limit is of what is loaded
  });
}

TEST_CASE("a condition names the columns of the related table, whatever others are called") {
  club_of_loans club;
  club.db.write([](auto& session) {
    auto const author = AuthorRepository{session}.insert({.name = "Jane"}).id;
    AuthorRepository authors{session};
    authors.link(author, authors::books, BookId{1});
    authors.link(author, authors::books, BookId{2});
    auto const row = authors.with(authors::books, authors::plain_books).get(author);
    CHECK(row[authors::books].size() == 2);
    REQUIRE(row[authors::plain_books].size() == 1);  // c0 is also what a span's first column is called
    CHECK(row[authors::plain_books][0].title == "Emma");
  });
}

TEST_CASE("a relation to one row that is narrowed stands beside the foreign key's own") {
  club_of_loans club;
  club.db.read([](auto& session) {
    auto const rows = LoanRepository{session}.with(loans::book, loans::plain_book).list().rows;
    REQUIRE(rows.size() == 6);
    CHECK(rows[0][loans::plain_book]->title == "Emma");
    CHECK_FALSE(rows[5][loans::plain_book]);
    CHECK(rows[5][loans::book]->title == "Walden");
  });
}

TEST_CASE("the texts of narrowed relations on both dialects") {
  using loans = books::open_loans_t;
  constexpr std::string_view columns =
      R"("loans"."id", "loans"."book_id", "loans"."borrower_id", "loans"."due", "loans"."returned")";
  CHECK(text<loans, loans::order, forge_db::detail::limit_per_parent, dialect::sqlite> ==
        "select * from (select " + std::string(columns) +
            ", _parents.rowid as _position, row_number() over (partition by _parents.rowid order by "
            R"("loans"."due" desc, "loans"."id") as _number from forge_span(?) as _parents cross join "loans" on )"
            R"("loans"."book_id" = _parents.c0 where ("loans"."returned" is null)) as _numbered where _number <= ? )"
            "order by _number");
  CHECK(std::string(text<books::red_cover_t, every_order, forge_db::detail::no_limit, dialect::postgres>)
            .ends_with(R"(on "covers"."book_id" = _parents.c0 where ("covers"."colour" = 'red'))"));
  CHECK(std::string(text<club::loans::plain_book_t, every_order, forge_db::detail::no_limit, dialect::postgres>)
            .ends_with(R"(on "books"."id" = _parents.c0 where ("books"."c0" = 0))"));
}
