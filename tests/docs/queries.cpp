// SPDX-License-Identifier: MIT
// The code of docs/queries.md and docs/sessions.md, compiled and run.

#include "support/catch.hpp"

#include <library/books.hpp>
#include <library/migrations.hpp>
#include <library/shelves.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/migration/migration.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

using forge_db::insert;
using forge_db::remove;
using forge_db::select;
using forge_db::update;
using library::Book;
using library::BookId;
using library::NewBook;
using library::NewShelf;
using library::Shelf;
namespace books = library::books;
namespace shelves = library::shelves;

forge_db::sqlite::database library_of(std::vector<NewBook> const& rows) {
  auto db = forge_db::sqlite::open(":memory:");
  forge_db::migration::runner{db}.upgrade({&library::migrations()});
  db.write([&](auto& session) { session.execute(insert(rows)); });
  return db;
}

std::vector<NewBook> three_books() {
  return {{.isbn = "1", .title = "Sea and Sky", .score = 8.5},
          {.isbn = "2", .title = "The Deep Sea", .score = 6.0},
          {.isbn = "3", .title = "Mountains", .score = forge_db::null}};
}

}  // namespace

TEST_CASE("docs: ways to have rows") {
  auto db = library_of(three_books());
  std::size_t seen = 0;
  db.read([&](auto& session) {
    // [rows]
    std::vector<Book> all = session.all(select<Book>());
    std::optional<Book> first = session.first(select<Book>().order_by(books::title.asc()));
    Book one = session.one(select<Book>().where(books::isbn == "2"));  // throws not_found, too_many_rows
    std::int64_t n = session.value(select(forge_db::count()).from<Book>().where(books::title.contains("sea")));

    for (Book const& book : session.stream(select<Book>())) seen += book.title.size();  // one struct, constant memory
    for (auto const& view : session.views(select<Book>())) {                            // text in place, no copy
      std::string_view title = view[books::title];
      seen += title.size();
    }

    std::vector<std::tuple<std::string, std::optional<double>>> pairs =
        session.all(select(books::title, books::score).from<Book>());
    // [/rows]
    CHECK(all.size() == 3);
    CHECK(first->title == "Mountains");
    CHECK(one.title == "The Deep Sea");
    CHECK(n == 2);
    CHECK(pairs.size() == 3);
  });
  CHECK(seen == 64);  // every letter of the titles, twice
}

TEST_CASE("docs: conditions") {
  auto db = library_of(three_books());
  auto const count = [&](auto const& condition) {
    return db.read(
        [&](auto& session) { return session.value(select(forge_db::count()).from<Book>().where(condition)); });
  };
  std::vector<std::string> const wanted{"1", "3", "9"};
  // [conditions]
  auto a = books::score > 7.5 && books::title.contains("sea");
  auto b = books::score.is_null() || 7.5 < books::score;
  auto c = books::isbn.in(wanted);  // a list is one parameter, whatever its size
  auto d = books::score.between(5.0, 7.0);
  auto e = !books::title.starts_with("The ");
  // [/conditions]
  CHECK(count(a) == 1);
  CHECK(count(b) == 2);
  CHECK(count(c) == 2);
  CHECK(count(d) == 1);
  CHECK(count(e) == 2);
}

TEST_CASE("docs: rows become structs of one's own") {
  auto db = library_of(three_books());
  db.write([](auto& session) {
    Shelf const shelf = session.one(insert(NewShelf{.code = "A", .name = "By the door"}).returning());
    session.execute(update<Book>().set(books::shelf_id = shelf.id).where(books::isbn == "1"));
  });
  // [into]
  struct line {
    std::string title;
    std::optional<double> score;       // a nullable column
    std::optional<std::string> shelf;  // the left join may find none
  };
  auto const query = select(books::title, books::score, shelves::name)
                         .into<line>()  // directly behind select(...)
                         .from<Book>()
                         .left_join<Shelf>(books::shelf_id == shelves::id)
                         .order_by(books::title.asc());
  std::vector<line> const lines = db.read([&](auto& session) { return session.all(query); });
  // [/into]
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].title == "Mountains");
  CHECK(lines[0].shelf == std::nullopt);
  CHECK(lines[1].score == 8.5);
  CHECK(lines[1].shelf == "By the door");
}

TEST_CASE("docs: days and moments") {
  // [moments]
  using namespace std::chrono_literals;
  forge_db::date const due = 2024y / 2 / 29;  // std::chrono::year_month_day, or sys_days
  forge_db::date const later = due.sys_days() + std::chrono::days{14};
  forge_db::timestamp const noon = std::chrono::sys_days{2024y / 2 / 29} + 12h;  // any sys_time; UTC
  forge_db::timestamp const month_ago = forge_db::timestamp::now() - std::chrono::days{30};
  auto const read = forge_db::parse_timestamp_lenient("2024-02-29T13:00:00+01:00");  // a std::optional
  auto const recent = select<Book>().where(books::created_at >= month_ago);
  // [/moments]
  CHECK(forge_db::date_text(later) == "2024-03-14");
  CHECK(forge_db::timestamp_text(noon) == "2024-02-29 12:00:00.000000");
  CHECK(read == noon);
  CHECK_THROWS_AS(forge_db::date{2023y / 2 / 29}, forge_db::invalid_value);
  auto db = library_of(three_books());
  CHECK(db.read([&](auto& session) { return session.all(recent).size(); }) == 3);
}

TEST_CASE("docs: changes") {
  auto db = library_of(three_books());
  db.write([&](auto& session) {
    std::vector<NewBook> const more{{.isbn = "1", .title = "Sea, Sky and Land"}, {.isbn = "4", .title = "Rivers"}};
    // [changes]
    std::int64_t changed = session.execute(update<Book>().set(books::score = 9.0).where(books::isbn == "1"));
    session.execute(insert(more).on_conflict(books::isbn).update(books::title));
    Book added = session.one(insert(NewBook{.isbn = "5", .title = "Lakes"}).returning());
    session.execute(remove<Book>().where(books::id == added.id));
    session.execute(update<Book>().set(books::score = forge_db::null).all_rows());
    // [/changes]
    CHECK(changed == 1);
    CHECK(session.value(select(forge_db::count()).from<Book>()) == 4);
    CHECK(session.one(select<Book>().where(books::isbn == "1")).title == "Sea, Sky and Land");
  });
}

TEST_CASE("docs: the text of a statement is a constant of its type") {
  // [text]
  auto query = select<Book>().where(books::isbn == "1").limit(1);
  using statement = decltype(query);
  static_assert(std::string_view(forge_db::sql_text<statement, forge_db::dialect::sqlite>)
                    .ends_with("where \"isbn\" = ? limit ?"));
  static_assert(std::string_view(forge_db::sql_text<statement, forge_db::dialect::postgres>)
                    .ends_with("where \"isbn\" = $1 limit $2"));
  // [/text]
  SUCCEED();
}

TEST_CASE("docs: savepoints") {
  auto db = library_of(three_books());
  // [savepoint]
  db.write([&](auto& session) {
    session.execute(update<Book>().set(books::score = 1.0).where(books::isbn == "1"));
    try {
      session.transaction([&](auto& inner) {
        inner.execute(remove<Book>().all_rows());
        throw std::runtime_error("no, keep them");
      });
    } catch (std::runtime_error const&) {
      // what the inner function changed is undone; the outer transaction goes on
    }
  });
  // [/savepoint]
  CHECK(db.read([](auto& session) { return session.value(select(forge_db::count()).from<Book>()); }) == 3);
}

TEST_CASE("docs: conditions that may be left out") {
  auto db = library_of(three_books());
  db.read([](auto& session) {
    std::optional<std::string> const title = "sea";
    bool const only_good = true;
    // [choices]
    auto query =
        select<Book>().where(forge_db::when(title, [](auto const& word) { return books::title.contains(word); }) &&
                             forge_db::when(only_good, books::score > 7.5));
    std::vector<Book> found = session.all(query);
    // [/choices]
    CHECK(found.size() == 1);
  });
}
