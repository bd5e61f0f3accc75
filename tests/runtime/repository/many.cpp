// SPDX-License-Identifier: MIT
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/repositories.hpp>

#include <forge_db/query/select.hpp>

#include <string>
#include <vector>

using namespace forge_db;
using namespace library;

TEST_CASE("insert_many runs one statement, whatever the number of rows") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    std::vector<NewBook> new_books;
    for (int i = 0; i < 1000; ++i) {
      new_books.push_back({.isbn = std::to_string(i), .title = "title " + std::to_string(i)});
      if (i % 2 == 0) new_books.back().score = null;
    }
    int statements = 0;
    session.connection().set_trace([&](auto const&...) { ++statements; });
    BookRepository repository{session};
    CHECK(repository.insert_many(new_books) == 1000);
    session.connection().set_trace({});
    CHECK(statements == 1);
    CHECK(repository.count() == 1000);
    CHECK(session.value(select(count()).from<Book>().where(books::score == 5.0)) == 500);
    CHECK(repository.find(BookId{1000})->title == "title 999");
    CHECK(repository.insert_many({}) == 0);
  });
}

TEST_CASE("insert_many is all or nothing within a savepoint, and its errors name the constraint") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    std::vector<NewBook> const twice{{.isbn = "1", .title = "a"}, {.isbn = "1", .title = "b"}};
    try {
      BookRepository{session}.insert_many(twice);
      FAIL("constraint_violation expected");
    } catch (constraint_violation const& violation) {
      CHECK(violation.code() == error_code::unique_violation);
    }
    CHECK(BookRepository{session}.count() == 0);
  });
}

TEST_CASE("rows that leave different columns to the database are inserted in groups") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    BookId const book = BookRepository{session}.insert({.isbn = "1", .title = "Emma"}).id;
    MemberId const member = MemberRepository{session}.insert({.email = "e", .name = "n", .joined_on = date()}).id;
    std::vector<NewLoan> new_loans(4, NewLoan{.book_id = book, .member_id = member, .due_on = date()});
    new_loans[1].number = 7;
    new_loans[2].number = 8;
    LoanRepository loans{session};
    auto const rows = loans.insert_many_returning(new_loans);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].number == 1);
    CHECK(rows[1].number == 7);
    CHECK(rows[2].number == 8);
    CHECK(rows[3].number == 1);
    CHECK(loans.insert({.book_id = book, .member_id = member, .due_on = date()}).number == 1);
  });
}

TEST_CASE("values of every type pass through a span of rows") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    std::vector<NewMember> const new_members{
        {.email = std::string("a\0b", 3),
         .name = "Ada",
         .joined_on = *parse_date("1999-12-31"),
         .photo = bytes{std::byte{0}}},
        {.email = "b", .name = "", .joined_on = date(), .balance = decimal<12, 2>::parse("1.10"), .card = uuid_v4()}};
    auto const rows = MemberRepository{session}.insert_many_returning(new_members);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].email == std::string("a\0b", 3));
    CHECK(rows[0].settings.text() == "{}");
    CHECK(rows[0].photo == bytes{std::byte{0}});
    CHECK(rows[1].name.empty());
    CHECK(rows[1].balance == decimal<12, 2>::parse("1.10"));
    CHECK(rows[1].card == new_members[1].card.value());
    CHECK(rows[0].id != rows[1].id);
  });
}
