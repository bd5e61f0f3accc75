// SPDX-License-Identifier: MIT
// Relations of every kind, loaded by with(): tests/codegen/cases/relations, as it is generated.
#include "runtime/relations/club_database.hpp"
#include "support/catch.hpp"

#include <club/books_relations.hpp>
#include <club/books_repository.hpp>
#include <club/covers_repository.hpp>
#include <club/loans_relations.hpp>
#include <club/loans_repository.hpp>
#include <club/members_relations.hpp>
#include <club/members_repository.hpp>

#include <forge_db/query/select.hpp>

using namespace forge_db;
using namespace club;

namespace {

/// Books 1 to 4: three loans, one, none, one; 1 and 3 have an editor, 1 has a cover and a reviewer.
struct club_of_four : tests::club_database {
  MemberId ann{}, bob{};

  club_of_four() {
    db.write([&](auto& session) {
      MemberRepository members{session};
      ann = members.insert({.name = "Ann"}).id;
      bob = members.insert({.name = "Bob"}).id;
      BookRepository books{session};
      books.insert({.title = "Emma", .editor_id = ann, .checked_by = bob});
      books.insert({.title = "Walden"});
      books.insert({.title = "Ulysses", .editor_id = bob});
      books.insert({.title = "Dubliners"});
      CoverRepository{session}.insert({.book_id = BookId{1}, .colour = "red"});
      LoanRepository loans{session};
      loans.insert({.id = LoanId{9}, .book_id = BookId{1}, .borrower_id = bob, .due = 30});
      loans.insert({.id = LoanId{5}, .book_id = BookId{2}, .borrower_id = ann, .due = 20});
      loans.insert({.id = LoanId{4}, .book_id = BookId{1}, .borrower_id = ann, .due = 10, .returned = 1});
      loans.insert({.id = LoanId{6}, .book_id = BookId{4}, .borrower_id = ann, .due = 30});
      loans.insert({.id = LoanId{7}, .book_id = BookId{1}, .borrower_id = ann, .due = 20});
    });
  }
};

template <class Loans>
std::string ids(Loans const& loans) {
  return tests::joined(loans, [](auto const& loan) { return std::to_string(loan.id.value()); });
}

}  // namespace

TEST_CASE("a list comes with its relations: one statement for each, whatever the number of rows") {
  club_of_four club;
  auto const selects = club.selects([](auto& session) {
    auto const page = BookRepository{session}.with(books::loans, books::editor, books::cover).list();
    REQUIRE(page.rows.size() == 4);
    CHECK(page.total == 4);
    CHECK(page.rows[0].title == "Emma");
    CHECK(page.rows[0]->title == "Emma");
    CHECK(ids(page.rows[0][books::loans]) == "4 7 9");  // by key
    CHECK(page.rows[0][books::editor]->name == "Ann");
    CHECK(page.rows[0][books::cover]->colour == "red");
    CHECK(ids(page.rows[1][books::loans]) == "5");
    CHECK_FALSE(page.rows[1][books::editor].has_value());
    CHECK_FALSE(page.rows[1][books::cover].has_value());
    CHECK(page.rows[2][books::loans].empty());
    CHECK(page.rows[2][books::editor]->name == "Bob");
    CHECK(ids(page.rows[3][books::loans]) == "6");
  });
  CHECK(selects == 2 + 3);  // the page and its total
}

TEST_CASE("relations of related rows are loaded at every depth, one statement each") {
  club_of_four club;
  auto const selects = club.selects([](auto& session) {
    auto const page = BookRepository{session}
                          .with(books::loans.with(loans::member.with(members::edited.with(books::cover)), loans::book),
                                books::reviewer)
                          .list();
    REQUIRE(page.rows.size() == 4);
    auto const& loan = page.rows[0][books::loans].at(2);
    CHECK(loan.id == LoanId{9});
    CHECK(loan[loans::member]->name == "Bob");
    CHECK(loan[loans::book]->title == "Emma");
    REQUIRE((*loan[loans::member])[members::edited].size() == 1);
    CHECK((*loan[loans::member])[members::edited][0].title == "Ulysses");
    auto const& other = page.rows[1][books::loans].at(0);
    CHECK((*other[loans::member])[members::edited].at(0)[books::cover]->colour == "red");
    CHECK(page.rows[0][books::reviewer]->name == "Bob");
  });
  CHECK(selects == 2 + 6);
}

TEST_CASE("nothing is asked for rows that are not there") {
  club_of_four club;
  CHECK(club.selects([](auto& session) {
    auto const none = BookRepository{session}.with(books::loans, books::editor).list({.id_in = std::vector<BookId>{}});
    CHECK(none.rows.empty());
  }) == 2);
  CHECK(club.selects([](auto& session) {
    auto const book =
        BookRepository{session}.with(books::loans.with(loans::member.with(members::loans))).get(BookId{3});
    CHECK(book[books::loans].empty());
  }) == 2);
  CHECK(club.selects([](auto& session) {
    CHECK_FALSE(BookRepository{session}.with(books::loans).find(BookId{99}).has_value());
    CHECK_THROWS_AS(BookRepository{session}.with(books::loans).get(BookId{99}), not_found);
  }) == 2);
}

TEST_CASE("a relation is narrowed, ordered and limited for each parent") {
  club_of_four club;
  CHECK(club.selects([](auto& session) {
    BookRepository repository{session};
    auto const out = repository.with(books::loans.where(loans::returned.is_null() && loans::due > 10)).list();
    CHECK(ids(out.rows[0][books::loans]) == "7 9");
    CHECK(ids(out.rows[1][books::loans]) == "5");

    auto const latest = repository.with(books::loans.order_by(loans::due.desc())).list();
    CHECK(ids(latest.rows[0][books::loans]) == "9 7 4");

    auto const two = repository.with(books::loans.order_by(loans::due.desc()).limit(2)).list();
    CHECK(ids(two.rows[0][books::loans]) == "9 7");
    CHECK(ids(two.rows[1][books::loans]) == "5");
    CHECK(ids(two.rows[3][books::loans]) == "6");

    auto const first = repository.with(books::loans.where(loans::due < 30).limit(1)).list();
    CHECK(ids(first.rows[0][books::loans]) == "4");
    CHECK(first.rows[3][books::loans].empty());
    CHECK(repository.with(books::loans.limit(0)).get(BookId{1})[books::loans].empty());
  }) == 4 * 3 + 2);
  CHECK_THROWS_AS(books::loans.limit(-1), invalid_value);
}

TEST_CASE("rows that sort alike come by key") {
  club_of_four club;
  club.db.read([](auto& session) {
    auto const found = BookRepository{session}.with(books::loans.order_by(loans::returned.asc())).get(BookId{1});
    CHECK(ids(found[books::loans]) == "7 9 4");  // NULL is lowest
  });
}

TEST_CASE("a narrowed to-one relation is missing where its row does not fit") {
  club_of_four club;
  club.db.read([](auto& session) {
    auto const page = BookRepository{session}.with(books::editor.where(members::name == "Ann")).list();
    CHECK(page.rows[0][books::editor].has_value());
    CHECK_FALSE(page.rows[2][books::editor].has_value());
  });
}

TEST_CASE("related rows are counted without being loaded") {
  club_of_four club;
  CHECK(club.selects([](auto& session) {
    auto const page = BookRepository{session}
                          .with(count_of(books::loans), books::loans.limit(1), count_of(books::editor),
                                count_of(books::cover.where(covers::colour == "red")))
                          .list();
    CHECK(page.rows[0][count_of(books::loans)] == 3);
    CHECK(ids(page.rows[0][books::loans]) == "4");
    CHECK(page.rows[2][count_of(books::loans)] == 0);
    CHECK(page.rows[0][count_of(books::editor)] == 1);
    CHECK(page.rows[1][count_of(books::editor)] == 0);
    CHECK(page.rows[0][count_of(books::cover)] == 1);
  }) == 2 + 4);
  club.db.read([](auto& session) {
    auto const one = BookRepository{session}.with(count_of(books::loans.where(loans::due == 20 || loans::due == 30)));
    CHECK(one.get(BookId{1})[count_of(books::loans)] == 2);  // and not those of other books
  });
}

TEST_CASE("rows that one has get their relations, in their order, each for itself") {
  club_of_four club;
  club.db.read([](auto& session) {
    auto const rows = session.all(select<Book>().order_by(books::id.desc()));
    std::vector<Book> twice{rows[3], rows[0], rows[3]};
    auto const loaded = load(session, twice, books::loans, books::editor);
    REQUIRE(loaded.size() == 3);
    CHECK(ids(loaded[0][books::loans]) == "4 7 9");
    CHECK(ids(loaded[1][books::loans]) == "6");
    CHECK(ids(loaded[2][books::loans]) == "4 7 9");
    CHECK(loaded[2][books::editor]->name == "Ann");
    CHECK(twice[0].title == "Emma");

    auto const one = load(session, rows[3], books::cover);
    CHECK(one[books::cover]->colour == "red");
    CHECK(BookRepository{session}.with(books::cover).load(rows).size() == 4);
    CHECK(load(session, std::vector<Book>{}, books::loans).empty());
  });
}

TEST_CASE("what was loaded can be taken out of the session, and out of a temporary") {
  club_of_four club;
  loaded<Book, books::loans_t, loads<books::editor_t, members::loans_t>> const book = club.db.read([](auto& session) {
    return BookRepository{session}.with(books::loans, books::editor.with(members::loans)).get(BookId{1});
  });
  CHECK(ids(book[books::loans]) == "4 7 9");
  CHECK(ids((*book[books::editor])[members::loans]) == "4 5 6 7");
  std::string seen;
  club.db.read([&](auto& session) {
    for (auto const& loan : BookRepository{session}.with(books::loans).get(BookId{1})[books::loans])
      seen += std::to_string(loan.due);
  });
  CHECK(seen == "102030");
}

TEST_CASE("relations are read in a write session, too, with what it wrote") {
  club_of_four club;
  club.db.write([&](auto& session) {
    LoanRepository{session}.insert({.book_id = BookId{3}, .borrower_id = club.ann, .due = 1});
    CHECK(BookRepository{session}.with(books::loans).get(BookId{3})[books::loans].size() == 1);
  });
}

TEST_CASE("thousands of parents are one span") {
  club_of_four club;
  club.db.write([&](auto& session) {
    std::vector<NewBook> books;
    std::vector<NewLoan> loans;
    for (int i = 5; i <= 5000; ++i) {
      books.push_back({.title = std::to_string(i)});
      for (int n = 0; n < i % 3; ++n) loans.push_back({.book_id = BookId{i}, .borrower_id = club.bob, .due = i});
    }
    BookRepository{session}.insert_many(books);
    LoanRepository{session}.insert_many(loans);
  });
  CHECK(club.selects([](auto& session) {
    auto const all = load(session, session.all(select<Book>().order_by(books::id.asc())), books::loans);
    REQUIRE(all.size() == 5000);
    bool right = true;
    for (std::size_t i = 4; i < all.size(); ++i) {
      auto const& loans = all[i][books::loans];
      right = right && loans.size() == (i + 1) % 3;
      for (Loan const& loan : loans) right = right && loan.book_id == all[i].id;
    }
    CHECK(right);
  }) == 2);
}

TEST_CASE("an index finds the related rows; parents are read first") {
  club_of_four club;
  club.db.read([](auto& session) {
    using statement =
        detail::relation_statement<books::loans_t, detail::every_row, detail::clause_list<>, detail::no_limit>;
    std::string const text = "explain query plan " + std::string(sql_text<statement, dialect::sqlite>);
    auto plan = session.connection().prepare_once(text);
    std::string found;
    while (plan.step()) found += std::string(plan.text(3)) + "\n";
    CHECK(found.find("SEARCH loans USING INDEX ix_loans_book_id (book_id=?)") != std::string::npos);
    CHECK(found.find("SCAN _parents") < found.find("SEARCH loans"));
  });
}
