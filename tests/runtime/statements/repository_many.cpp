// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <library/repositories.hpp>

#include <forge_db/repository/many.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::rows_of;

namespace {

using patches = std::vector<std::pair<BookId, BookPatch>>;
using titled = std::vector<std::tuple<std::string, std::optional<double>>>;

auto all_books(sqlite::database& db) {
  return rows_of(db, select(books::title, books::score).from<Book>().order_by(books::id.asc()));
}

}  // namespace

TEST_CASE("find_many gives the rows that are there") {
  auto db = tests::lent_books();
  db.read([](auto& session) {
    BookRepository const repository{session};
    std::vector<BookId> const keys{BookId{3}, BookId{99}, BookId{1}, BookId{3}};
    auto rows = find_many(repository, keys);
    REQUIRE(rows.size() == 2);
    std::sort(rows.begin(), rows.end(), [](Book const& a, Book const& b) { return a.title < b.title; });
    CHECK(rows[0].title == "a");
    CHECK(rows[1].title == "c");
    CHECK(find_many(repository, std::vector<BookId>{}).empty());
  });
}

TEST_CASE("update_many writes what each patch sets, and leaves the rest") {
  auto db = tests::lent_books();
  patches const changes{{BookId{1}, {.title = "A"}},
                        {BookId{2}, {.score = null}},
                        {BookId{3}, {}},
                        {BookId{4}, {.title = "D", .score = 1.5}},
                        {BookId{99}, {.title = "nobody"}}};
  auto const updated_at = [&] { return rows_of(db, select(books::updated_at).from<Book>().order_by(books::id.asc())); };
  auto const before = updated_at();
  db.write([&](auto& session) { CHECK(update_many(BookRepository{session}, changes) == 3); });
  CHECK(all_books(db) == titled{{"A", 2.0}, {"b", std::nullopt}, {"c", std::nullopt}, {"D", 1.5}});
  auto const after = updated_at();
  CHECK(after[0] > before[0]);
  CHECK(after[2] == before[2]);  // an empty patch changes nothing
}

TEST_CASE("update_many: patches that all set the same, that set the time, that set nothing") {
  auto db = tests::lent_books();
  auto const then = timestamp::from_unix_us(5);
  db.write([&](auto& session) {
    BookRepository const repository{session};
    CHECK(update_many(repository, patches{{BookId{1}, {.title = "x"}}, {BookId{2}, {.title = "y"}}}) == 2);
    CHECK(update_many(repository,
                      patches{{BookId{1}, {.title = "z", .updated_at = then}}, {BookId{2}, {.title = "w"}}}) == 2);
    CHECK(repository.get(BookId{1}).updated_at == then);
    CHECK(repository.get(BookId{2}).updated_at > then);
    CHECK(update_many(repository, patches{{BookId{1}, BookPatch{}}}) == 0);
    CHECK(update_many(repository, patches{}) == 0);
  });
  CHECK(all_books(db) == titled{{"z", 2.0}, {"w", 4.0}, {"c", std::nullopt}, {"d", 9.0}});
}

TEST_CASE("where one of the rows is refused, none is written") {
  auto db = tests::lent_books();
  patches const changes{{BookId{1}, {.title = "A"}}, {BookId{2}, {.score = 99.0}}};
  db.write([&](auto& session) {
    session.connection().execute_script(
        "create trigger good before update on books when new.score > 10 begin select "
        "raise(abort, 'too good'); end");
  });
  CHECK_THROWS_AS(db.write([&](auto& session) { update_many(BookRepository{session}, changes); }), error);
  CHECK(std::get<0>(all_books(db).front()) == "a");
}

TEST_CASE("keys of several columns") {
  auto db = tests::lent_books();
  using key = std::tuple<BookId, AuthorId>;
  db.write([](auto& session) {
    session.execute(insert(std::vector<NewAuthor>{{.name = "x"}, {.name = "y"}}));
    BookAuthorRepository const repository{session};
    repository.insert_many(std::vector<NewBookAuthor>{{.book_id = BookId{1}, .author_id = AuthorId{1}},
                                                      {.book_id = BookId{1}, .author_id = AuthorId{2}},
                                                      {.book_id = BookId{2}, .author_id = AuthorId{1}}});
    std::vector<key> const keys{{BookId{1}, AuthorId{2}}, {BookId{2}, AuthorId{1}}, {BookId{2}, AuthorId{2}}};
    CHECK(find_many(repository, keys).size() == 2);
    std::vector<std::pair<key, BookAuthorPatch>> const changes{{keys[0], {.role = "editor"}},
                                                               {keys[1], {.position = 3}}};
    CHECK(update_many(repository, changes) == 2);
    CHECK(repository.get(keys[0]).role == "editor");
    CHECK(repository.get(keys[1]).position == 3);
    CHECK(repository.get(keys[1]).role == std::nullopt);
    CHECK(remove_many(repository, keys) == 2);
    CHECK(repository.count() == 1);
  });
}

TEST_CASE("upsert_many inserts rows, or writes what they set over those that are there") {
  auto db = tests::lent_books();
  std::vector<NewBook> const rows{{.isbn = "1", .title = "A"},
                                  {.isbn = "7", .title = "new"},
                                  {.isbn = "2", .title = "B", .score = 8.0},
                                  {.isbn = "8", .title = "newer", .score = null}};
  db.write([&](auto& session) {
    BookRepository const repository{session};
    CHECK(upsert_many(repository, rows, books::isbn) == 4);
    CHECK(upsert_many(repository, std::vector<NewBook>{{.id = BookId{3}, .isbn = "3", .title = "C"}}) == 1);
    CHECK(upsert_many(repository, std::vector<NewBook>{}) == 0);
  });
  CHECK(all_books(db) ==
        titled{{"A", 2.0}, {"B", 8.0}, {"C", std::nullopt}, {"d", 9.0}, {"new", 5.0}, {"newer", std::nullopt}});
}

TEST_CASE("update_many names the columns that some patch sets; those that not all set are looked at row by row") {
  using key = std::tuple<BookId, AuthorId>;
  using changes = std::vector<std::pair<key, BookAuthorPatch>>;
  auto const text = [](dialect target, changes const& patches) {
    detail::update_patches_statement<BookAuthor, key> const statement(patches);
    return statement.join(target, statement.mask());
  };
  key const first{BookId{1}, AuthorId{1}};
  CHECK(text(dialect::sqlite, {{first, {.role = "x"}}}) ==
        R"(update "book_authors" set "role" = new_rows.c3 from forge_span(?) as new_rows where )"
        R"("book_authors"."book_id" = new_rows.c0 and "book_authors"."author_id" = new_rows.c1)");
  CHECK(text(dialect::sqlite, {{first, {.role = "x"}}, {first, BookAuthorPatch{}}}) ==
        R"(update "book_authors" set "role" = case when new_rows.c5 then new_rows.c3 else "book_authors"."role" end )"
        R"(from forge_span(?) as new_rows where "book_authors"."book_id" = new_rows.c0 and )"
        R"("book_authors"."author_id" = new_rows.c1 and new_rows.c6)");
  CHECK(text(dialect::postgres, {{first, {.position = 1}}}) ==
        R"(update "book_authors" set "position" = new_rows.c2 from unnest($1::bigint[], $2::bigint[], )"
        R"($3::bigint[], $4::text[], $5::boolean[], $6::boolean[], $7::boolean[]) as new_rows(c0, c1, c2, c3, c4, )"
        R"(c5, c6) where "book_authors"."book_id" = new_rows.c0 and "book_authors"."author_id" = new_rows.c1)");
}
