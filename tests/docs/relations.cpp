// SPDX-License-Identifier: MIT
// The code that docs/relations.md shows.

#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/authors_repository.hpp>
#include <library/loans_relations.hpp>
#include <library/loans_repository.hpp>
#include <library/members_repository.hpp>
#include <library/shelves_relations.hpp>
#include <library/shelves_repository.hpp>

#include <forge_db/forge_db.hpp>

#include <string>
#include <vector>

// [include]
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
// [/include]

using namespace library;

namespace {

/// Two books on a shelf in a room; the first has two loans, of which one is returned.
forge_db::sqlite::database filled_library() {
  auto db = tests::library_database();
  db.write([](auto& session) {
    auto const room = ShelfRepository{session}.insert({.code = "R", .name = "room"});
    auto const shelf = ShelfRepository{session}.insert({.code = "A", .name = "shelf", .parent_id = room.id});
    auto const member =
        MemberRepository{session}.insert({.email = "ann@example.org", .name = "Ann", .joined_on = forge_db::date{}});
    BookRepository{session}.insert({.isbn = "1", .title = "Good Omens", .shelf_id = shelf.id});
    BookRepository{session}.insert({.isbn = "2", .title = "Emma", .shelf_id = shelf.id});
    AuthorRepository{session}.insert({.name = "Pratchett"});
    AuthorRepository{session}.insert({.name = "Gaiman"});
    LoanRepository loans{session};
    loans.insert({.book_id = BookId{1}, .member_id = member.id, .due_on = forge_db::date{}});
    loans.insert({.book_id = BookId{1},
                  .member_id = member.id,
                  .status = loan_status::returned,
                  .due_on = forge_db::date{},
                  .returned_at = forge_db::timestamp::now()});
  });
  return db;
}

}  // namespace

TEST_CASE("docs/relations.md: rows with their relations") {
  auto db = filled_library();
  std::vector<std::string> lines;
  // [list]
  db.read([&](auto& session) {
    auto const page = BookRepository{session}
                          .with(books::loans.with(loans::member), books::shelf.with(shelves::parent))
                          .list({.search = "omens"});
    for (auto const& book : page.rows) {
      lines.push_back(book.title);                                                             // the row's own fields
      for (auto const& loan : book[books::loans]) lines.push_back(loan[loans::member]->name);  // std::vector
      if (auto const& shelf = book[books::shelf]) {                                            // std::optional
        lines.push_back(shelf->name + " in " + (*shelf)[shelves::parent]->name);
      }
    }
  });
  // [/list]
  CHECK(lines == std::vector<std::string>{"Good Omens", "Ann", "Ann", "shelf in room"});
}

TEST_CASE("docs/relations.md: narrowed, counted and taken along") {
  auto db = filled_library();
  // [narrow]
  auto const out = books::loans.where(loans::returned_at.is_null()).order_by(loans::due_on.desc()).limit(3);
  auto const page = db.read([&](auto& session) {
    return BookRepository{session}.with(out, count_of(books::loans)).list({}, BookSort::title);
  });
  CHECK(page.rows[1][books::loans].size() == 1);     // at most three of each book
  CHECK(page.rows[1][count_of(books::loans)] == 2);  // a std::int64_t, and no rows
  // [/narrow]

  // [named]
  using book_with_loans = forge_db::loaded<Book, books::loans_t, forge_db::loads<books::shelf_t, shelves::parent_t>>;
  book_with_loans const book = db.read([](auto& session) {
    return BookRepository{session}.with(books::loans, books::shelf.with(shelves::parent)).get(BookId{1});
  });
  // [/named]
  CHECK(book[books::loans].size() == 2);

  // [load]
  auto const emma = db.read([](auto& session) {
    auto rows = session.all(forge_db::select<Book>().where(books::title == "Emma"));
    return load(session, std::move(rows), books::shelf);
  });
  CHECK(emma.front()[books::shelf]->code == "A");
  // [/load]
}

TEST_CASE("docs/relations.md: links") {
  auto db = filled_library();
  // [link]
  db.write([](auto& session) {
    BookRepository repository{session};
    CHECK(repository.link(BookId{1}, books::authors, AuthorId{1}));
    CHECK_FALSE(repository.link(BookId{1}, books::authors, AuthorId{1}));  // linked already
    auto const changed = repository.set_links(BookId{1}, books::authors, std::vector{AuthorId{1}, AuthorId{2}});
    CHECK((changed.removed == 0 && changed.added == 1));
    repository.unlink(BookId{1}, books::authors, AuthorId{2});

    auto const book = repository.with(books::authors.order_by(book_authors::position.asc())).get(BookId{1});
    CHECK(book[books::authors][0].name == "Pratchett");
    CHECK(book[books::authors][0][forge_db::link_row].position == 0);  // of book_authors
  });
  // [/link]
}
