// SPDX-License-Identifier: MIT
// The code that README.md and docs/ show, compiled and run. The regions between the marks are copied by `make docs`.

#include "support/catch.hpp"

// [includes]
#include <library/migrations.hpp>
#include <library/repositories.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/migration/migration.hpp>
// [/includes]

#include <string>
#include <vector>

namespace {

using library::Book;
using library::BookId;
using library::BookRepository;
using library::NewBook;
using library::Shelf;
using library::ShelfId;
using library::ShelfRepository;
namespace books = library::books;

forge_db::sqlite::database filled_library() {
  // [open]
  auto db = forge_db::sqlite::open(":memory:");
  forge_db::migration::runner{db}.upgrade({&library::migrations()});
  // [/open]
  db.write([](auto& session) {
    Shelf const shelf = ShelfRepository{session}.insert({.code = "A1", .name = "By the door"});
    BookRepository{session}.insert(
        {.isbn = "9780000000001", .title = "Sea and Sky", .shelf_id = shelf.id, .score = 8.5});
    BookRepository{session}.insert({.isbn = "9780000000002", .title = "The Deep Sea", .shelf_id = shelf.id});
    BookRepository{session}.insert({.isbn = "9780000000003", .title = "Mountains", .score = 3.0});
  });
  return db;
}

}  // namespace

TEST_CASE("README: a query with a condition, an order and a limit") {
  auto db = filled_library();
  ShelfId const shelf{1};
  auto const found = db.read([&](auto& session) {
    // [query]
    auto query = forge_db::select<Book>()
                     .where(books::shelf_id == shelf && books::score > 7.5)
                     .order_by(books::created_at.desc())
                     .limit(20);
    std::vector<Book> rows = session.all(query);
    // [/query]
    return rows;
  });
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == "Sea and Sky");
}

TEST_CASE("README: repositories in sessions") {
  auto db = filled_library();
  // [repository]
  Book book = db.write([](auto& session) {
    return BookRepository{session}.insert(
        {.isbn = "9780000000004", .title = "Rivers", .tags = std::vector<std::string>{"water"}});
  });

  auto page =
      db.read([](auto& session) { return BookRepository{session}.list({.title = "sea"}, library::BookSort::title); });
  for (Book const& row : page.rows) CHECK(row.title.find("Sea") != std::string::npos);
  // [/repository]
  CHECK(book.tags == std::vector<std::string>{"water"});
  CHECK(page.total == 2);
}
