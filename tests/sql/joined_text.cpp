// SPDX-License-Identifier: MIT
// Texts of statements of variable shape: joined at run time, from constants.
#include "sql/sql_of.hpp"
#include "support/catch.hpp"

#include <library/repositories.hpp>

using namespace forge_db;
using namespace library;

namespace {

template <class S>
std::string sqlite_text(S const& statement) {
  return S::join(dialect::sqlite, statement.mask());
}
template <class S>
std::string postgres_text(S const& statement) {
  return S::join(dialect::postgres, statement.mask());
}

std::string list_text(BookFilter const& filter, BookSort sort, direction way, dialect target = dialect::sqlite) {
  using statement = forge_db::detail::list_statement<Book>;
  auto const text = statement::join(target, statement{{}, filter, static_cast<std::size_t>(sort), way, {20, 0}}.mask());
  return text.substr(text.find(" from "));
}

}  // namespace

TEST_CASE("a patch sets the fields that are set, and what every update refreshes") {
  auto const by_id = books::id == BookId{1};
  CHECK(sqlite_text(update<Book>().set(BookPatch{.title = "x"}).where(by_id)) ==
        R"(update "books" set "title" = ?, "updated_at" = ? where "id" = ?)");
  CHECK(postgres_text(update<Book>().set(BookPatch{.title = "x", .score = null}).where(by_id)) ==
        R"(update "books" set "title" = $1, "score" = $2, "updated_at" = $3 where "id" = $4)");
  CHECK(sqlite_text(update<Shelf>().set(ShelfPatch{.depth = 2}).all_rows()) == R"(update "shelves" set "depth" = ?)");
  CHECK_THROWS_AS(update<Book>().set(BookPatch{}).all_rows().mask(), invalid_value);
}

TEST_CASE("an insert leaves unset columns to the defaults that only the database can compute") {
  NewLoan loan{.book_id = BookId{1}, .member_id = MemberId{}, .due_on = date()};
  CHECK(sqlite_text(insert(loan)).find("\"number\"") == std::string::npos);
  loan.number = 3;
  CHECK(sqlite_text(insert(loan)).find("\"number\") values (?, ?, ?, ?, ?, ?, ?, ?)") != std::string::npos);

  std::vector<NewLoan> loans{loan, loan};
  CHECK(sqlite_text(insert(loans)).find("c6, c7 from forge_span(?)") != std::string::npos);
  loans[1].number.reset();
  CHECK_THROWS_AS(insert(loans).mask(), invalid_value);
}

TEST_CASE("a list has the conditions that its filter sets, and a total order") {
  CHECK(list_text({}, BookSort::title, direction::ascending) ==
        R"( from "books" order by "title", "id" limit ? offset ?)");
  CHECK(list_text({}, BookSort::score, direction::descending, dialect::postgres) ==
        R"( from "books" order by "score" desc nulls last, "id" desc limit $1 offset $2)");
  CHECK(list_text({.shelf_id = ShelfId{1}, .score = {.to = 5.0}}, BookSort::title, direction::ascending) ==
        R"( from "books" where "shelf_id" = ? and "score" <= ? order by "title", "id" limit ? offset ?)");
  CHECK(
      list_text({.status_not = loan_status::lost, .status_in = std::vector{loan_status::open}}, BookSort::title,
                direction::ascending) ==
      R"( from "books" where "status" <> ? and "status" in (select c0 from forge_span(?)) order by "title", "id" limit ? offset ?)");
  CHECK(list_text({.search = "x"}, BookSort::title, direction::ascending) ==
        R"( from "books" where (instr(lower("title"), lower(?)) > 0 or instr(lower("isbn"), lower(?)) > 0))"
        R"( order by "title", "id" limit ? offset ?)");
}

TEST_CASE("an upsert writes the fields that are set over a row that is there") {
  using by_code = forge_db::detail::upsert_statement<Shelf, column_list<shelves::code_t>>;
  NewShelf const shelf{.code = "A", .name = "a"};
  CHECK(sqlite_text(by_code(shelf)) ==
        R"(insert into "shelves" ("id", "code", "name", "parent_id", "depth") values (?, ?, ?, ?, ?))"
        R"( on conflict ("code") do update set "name" = excluded."name")"
        R"( returning "id", "code", "name", "parent_id", "depth")");
  using by_key = forge_db::detail::upsert_statement<BookAuthor, table<BookAuthor>::key>;
  NewBookAuthor const author{.book_id = BookId{1}, .author_id = AuthorId{1}};
  CHECK(sqlite_text(by_key(author)).find(R"(do update set "book_id" = excluded."book_id" returning)") !=
        std::string::npos);
}
