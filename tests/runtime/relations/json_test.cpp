// SPDX-License-Identifier: MIT
// Rows with their relations as JSON.
#include "runtime/relations/club_database.hpp"
#include "support/catch.hpp"

#include <club/authors_relations.hpp>
#include <club/authors_repository.hpp>
#include <club/book_authors_relations.hpp>
#include <club/books_relations.hpp>
#include <club/books_repository.hpp>

#include <forge_db/text/loaded_json.hpp>

using namespace forge_db;
using namespace club;

TEST_CASE("rows with relations are JSON objects with lists, objects and numbers in them") {
  tests::club_database club;
  club.db.write([](auto& session) {
    BookRepository repository{session};
    repository.insert({.title = "Emma"});
    AuthorRepository{session}.insert({.name = "Austen"});
    repository.link(BookId{1}, books::authors, AuthorId{1});

    auto const page = repository.with(books::authors.with(authors::books), books::cover, count_of(books::loans)).list();
    std::string const book =
        R"("id": 1, "title": "Emma", "editor_id": null, "checked_by": null, "source": null, "c0": 0)";
    std::string const link = R"("link": {"book_id": 1, "author_id": 1, "position": 7})";
    std::string const row = "{" + book + R"(, "authors": [{"id": 1, "name": "Austen", "books": [{)" + book + ", " +
                            link + "}], " + link + R"(}], "cover": null, "loans_count": 0})";
    CHECK(to_json(page.rows[0]) == row);
    CHECK(to_json(page.rows) == "[" + row + "]");
    CHECK(to_json(page) == R"({"rows": [)" + row + R"(], "total": 1, "number": 1, "size": 20})");

    auto const bare = repository.with(books::cover).get(BookId{1});
    CHECK(to_json(bare, {.skip_null = true}) == R"({"id": 1, "title": "Emma", "c0": 0})");
  });
}
