// SPDX-License-Identifier: MIT
// From SQL in a spec to typed functions: tests/codegen/cases/named_queries, as it is generated.
#include "support/catch.hpp"
#include "support/hostile_texts.hpp"

#include <lending/books_repository.hpp>
#include <lending/loans_repository.hpp>
#include <lending/migrations.hpp>
#include <lending/queries.hpp>
#include <lending/shelves_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace lending;

namespace {

timestamp day(std::int64_t number) { return timestamp::from_unix_us(number * 86'400'000'000); }

template <class Session>
BookId add_book(Session& session, std::string const& isbn, std::string const& title, std::optional<ShelfId> shelf,
                std::int64_t cents, std::optional<double> score) {
  return BookRepository{session}
      .insert({.isbn = isbn,
               .title = title,
               .shelf_id = shelf,
               .price = decimal<10, 2>::from_scaled(cents),
               .score = score})
      .id;
}

/// Shelves: 1 (in none), 2 in 1, 3 in 2. Books: 1 and 2 in shelf 2, 3 nowhere. Each is lent until the day of its id.
sqlite::database filled() {
  auto db = sqlite::open(":memory:");
  migration::runner{db}.upgrade({&migrations()});
  db.write([](auto& session) {
    ShelfRepository shelves{session};
    shelves.insert({.name = "room"});
    shelves.insert({.name = "left", .parent_id = ShelfId{1}});
    shelves.insert({.name = "low", .parent_id = ShelfId{2}});
    add_book(session, "a", "Apples", ShelfId{2}, 1050, 8.0);
    add_book(session, "b", "Bees", ShelfId{2}, 250, std::nullopt);
    add_book(session, "c", "Cities", std::nullopt, 999, 3.0);
    for (std::int64_t id = 1; id <= 3; ++id) {
      LoanRepository{session}.insert({.book_id = BookId{id}, .due_at = day(id)});
    }
  });
  return db;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a query is a function of its parameters; an outer join leaves an optional") {
  auto db = filled();
  db.read([](auto& session) {
    // [call]
    std::vector<OverdueRow> const late = queries::overdue(session, day(4));
    for (OverdueRow const& row : session.stream(queries::overdue(day(4)))) CHECK(row.status == loan_status::open);
    // [/call]
    REQUIRE(late.size() == 3);
    CHECK(late[0].id == BookId{1});
    CHECK(late[0].title == "Apples");
    CHECK(late[0].due_at == day(1));
    CHECK(late[0].shelf == "left");
    CHECK_FALSE(late[2].shelf.has_value());
    CHECK(queries::overdue(session, day(2)).size() == 1);

    int seen = 0;
    session.each(queries::overdue(day(4)), [&](OverdueRow const&) { return ++seen < 2; });
    CHECK(seen == 2);
  });
}

TEST_CASE("a query that selects a whole table gives the table's rows, one or none") {
  auto db = filled();
  db.read([](auto& session) {
    std::optional<Book> const found = queries::book_by_isbn(session, "b");
    REQUIRE(found.has_value());
    CHECK(found->title == "Bees");
    CHECK(found->tags.empty());
    CHECK_FALSE(queries::book_by_isbn(session, std::string("z")).has_value());
  });
}

TEST_CASE("aggregates are NULL where SQL says so, and counts never are") {
  auto db = filled();
  db.read([](auto& session) {
    auto const found = queries::shelf_statistics(session, 7.5);
    REQUIRE(found.size() == 3);
    ShelfStatistic const& left = found[0];
    CHECK(left.books == 2);
    CHECK(left.worth == decimal<10, 2>::from_scaled(1300));
    CHECK(left.mean == 8.0);
    CHECK(left.last_title == "Bees");
    CHECK(left.parts == 1);
    CHECK(left.has_good);
    ShelfStatistic const& low = found[1];
    CHECK(low.books == 0);
    CHECK_FALSE(low.worth.has_value());
    CHECK_FALSE(low.mean.has_value());
    CHECK(low.last_title.empty());
    CHECK_FALSE(low.has_good);
  });
}

TEST_CASE("a list is one parameter, whatever its length") {
  auto db = filled();
  db.read([](auto& session) {
    std::vector<BookId> const ids{BookId{1}, BookId{3}, BookId{9}};
    CHECK(queries::count_with_any(session, ids, std::vector<std::string>{"b"}) == 3);
    CHECK(queries::count_with_any(session, ids, texts{}) == 2);
    CHECK(queries::count_with_any(session, {BookId{1}}, std::span<std::string const>{}) == 1);
    auto const statement = queries::count_with_any(std::vector{BookId{2}}, texts{"a"});  // kept by the statement
    CHECK(session.value(statement) == 2);
  });
}

TEST_CASE("parameters and lists of any text find what is equal, and nothing else") {
  for (tests::hostile_text const& hostile : tests::hostile_texts()) {
    INFO(hostile.name);
    std::string const& text = hostile.text;
    auto db = filled();
    db.write([&](auto& session) {
      BookId const book = add_book(session, text, text, std::nullopt, 1, std::nullopt);
      std::string const alike = tests::look_alike(text);
      if (alike != "a") add_book(session, alike, alike, std::nullopt, 1, std::nullopt);  // there is an "a"
      auto const found = queries::book_by_isbn(session, text);
      REQUIRE(found.has_value());
      CHECK(found->id == book);
      CHECK((found->title == text));
      std::vector<BookId> const none;
      CHECK(queries::count_with_any(session, none, texts{text, text}) == 1);
      CHECK(queries::count_with_any(session, none, texts{text, alike}) == 2);
      CHECK(queries::title(session, text, text) == std::vector{book});
      CHECK(queries::title(session, text, "a").empty());
    });
  }
}

TEST_CASE("one parameter may stand in several places, and be NULL") {
  auto db = filled();
  db.read([](auto& session) {
    std::vector<BookId> const none;
    CHECK(queries::titles_without(session, none, null) == texts{"Apples", "Bees", "Cities"});
    CHECK(queries::titles_without(session, {BookId{1}}, std::nullopt) == texts{"Bees", "Cities"});
    CHECK(queries::titles_without(session, none, "ee") == texts{"Bees"});
    std::optional<std::string> const word = "it";
    CHECK(queries::titles_without(session, none, word) == texts{"Cities"});
    auto const kept = queries::titles_without(std::vector<BookId>{}, std::optional(std::string(40, 'x')));
    CHECK(session.all(kept).empty());
  });
}

TEST_CASE("flags of many rows are structs, which vectors can hold") {
  auto db = filled();
  db.read([](auto& session) {
    std::vector<AreGoodRow> const rows = queries::are_good(session, 7.0);
    REQUIRE(rows.size() == 3);
    CHECK_FALSE(rows[0].is_good);
    CHECK(rows[1].is_good);
  });
}

TEST_CASE("a query and its parameter may have one name") {
  auto db = filled();
  db.read([](auto& session) {
    CHECK(queries::title(session, "Bees", "") == std::vector{BookId{2}});
    CHECK(queries::title(session, "Bees", "a").empty());
  });
}

TEST_CASE("a recursive query") {
  auto db = filled();
  db.read([](auto& session) {
    auto const path = queries::path_to(session, ShelfId{3});
    REQUIRE(path.size() == 3);
    CHECK(path[0].name == "room");
    CHECK(path[2].id == ShelfId{3});
    CHECK(path[0].depth == 2);
  });
}

TEST_CASE("statements that write answer how many rows they changed, or what they return") {
  auto db = filled();
  db.write([](auto& session) {
    CHECK(queries::rescore(session, 9.5, ShelfId{2}) == 2);
    CHECK(BookRepository{session}.get(BookId{2}).score == 9.5);
    CHECK(queries::rescore(session, null, ShelfId{2}) == 2);
    CHECK_FALSE(BookRepository{session}.get(BookId{2}).score.has_value());

    LendRow const lent = queries::lend(session, BookId{3}, loan_status::lost, day(7));
    CHECK(lent.due_at == day(7));
    CHECK(LoanRepository{session}.get(lent.id).status == loan_status::lost);
    std::vector<Loan> const gone = queries::put_aside(session, BookId{3}, loan_status::lost);
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].id == lent.id);
    CHECK_FALSE(LoanRepository{session}.exists(lent.id));
  });
}

TEST_CASE("what the engine answers beside the declared type is a decode_error that names query and column") {
  auto db = filled();
  db.write([](auto& session) {
    CHECK(queries::largest_gap(session, day(5)) == 4);
    session.connection().execute_script("delete from loans");
    CHECK_FALSE(queries::largest_gap(session, day(5)).has_value());
  });
  db.write([](auto& session) {
    session.connection().execute_script("insert into loans (book_id, due_at) values (1, 0)");
    session.connection().execute_script("update books set title = x'00'");
    try {
      static_cast<void>(queries::overdue(session, day(1)));
      FAIL("a blob in a column of text");
    } catch (decode_error const& failure) {
      CHECK(failure.context().table == "overdue");
      CHECK(failure.context().column == "title");
    }
  });
}

TEST_CASE("an optional result refuses a second row") {
  auto db = filled();
  db.read([](auto& session) {
    CHECK_THROWS_AS(at_most_one(session, queries::titles_without(std::vector<BookId>{}, null)), too_many_rows);
    CHECK(at_most_one(session, queries::titles_without(std::vector<BookId>{}, "App")) == "Apples");
  });
}

TEST_CASE("the texts are constants, with the placeholders of each dialect") {
  using count = queries::count_with_any_statement;
  STATIC_REQUIRE(sql_text<count, dialect::sqlite> ==
                 "select count(*) as n from books where id in (select c0 from forge_span(?1)) or "
                 "isbn in (select c0 from forge_span(?2))");
  STATIC_REQUIRE(sql_text<count, dialect::postgres> ==
                 "select count(*) as n from books where id = any($1) or isbn = any($2)");
  using titles = queries::titles_without_statement;
  STATIC_REQUIRE(
      sql_text<titles, dialect::sqlite> ==
      "select title from books where id not in (select c0 from forge_span(?1)) and (?2 is null or title like "
      "'%' || ?2 || '%') order by title");
  STATIC_REQUIRE(sql_text<titles, dialect::postgres> ==
                 "select title from books where id <> all($1) and ($2 is null or title like '%' || $2 || '%') "
                 "order by title");
  using gap = queries::largest_gap_statement;
  STATIC_REQUIRE(sql_text<gap, dialect::postgres> ==
                 "select max(extract(day from $1 - due_at))::bigint as days from loans where status = 'open'");
  using by_isbn = queries::book_by_isbn_statement;
  STATIC_REQUIRE(sql_text<by_isbn, dialect::postgres> ==
                 R"(select "id", "isbn", "title", "shelf_id", "tags", "price", "score" from books where isbn = $1)");
}
