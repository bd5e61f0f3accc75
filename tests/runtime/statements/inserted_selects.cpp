// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/cte.hpp>
#include <forge_db/query/insert_select.hpp>
#include <forge_db/query/set_operation.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::texts;
using tests::values_of;

namespace {

auto books_of_shelves(std::int32_t depth) {
  return insert_into<Book>(books::isbn, books::title)
      .from(select(shelves::code, shelves::name).from<Shelf>().where(shelves::depth >= depth));
}

}  // namespace

TEST_CASE("what a select finds is inserted; what is not named takes the spec's defaults") {
  auto db = tests::lent_books();
  auto const before = timestamp::now();
  db.write([&](auto& session) {
    auto const rows = session.all(books_of_shelves(2).returning());
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == BookId{5});
    CHECK(rows[0].title == "Low");
    CHECK(rows[0].shelf_id == std::nullopt);
    CHECK(rows[0].tags.empty());
    CHECK(rows[0].score == 5.0);
    CHECK(rows[0].status == loan_status::open);
    CHECK(rows[0].created_at >= before);
  });
}

TEST_CASE("an insert from a select goes on by on_conflict") {
  auto db = tests::lent_books();
  db.write([](auto& session) {
    CHECK(session.execute(books_of_shelves(1)) == 3);
    CHECK_THROWS_AS(session.execute(books_of_shelves(0)), constraint_violation);
    CHECK(session.execute(books_of_shelves(0).on_conflict(books::isbn).do_nothing()) == 1);
    session.execute(update<Shelf>().set(shelves::name = "renamed").where(shelves::code == "low"));
    CHECK(session.execute(books_of_shelves(2).on_conflict(books::isbn).update(books::title)) == 1);
    // A select without where(): SQLite would read `on` as a join's condition.
    CHECK(session.execute(insert_into<Author>(authors::id, authors::name, authors::born_on, authors::about)
                              .from(select(authors::id, authors::name, authors::born_on, authors::about).from<Author>())
                              .on_conflict(authors::id)
                              .do_nothing()) == 0);
  });
  CHECK(values_of(db, select(books::title).from<Book>().where(books::isbn == "low")) == texts{"renamed"});
}

TEST_CASE("joins, set operations and selects of with() are inserted") {
  auto db = tests::lent_books();
  auto const lent = select(books::title).from<Book>().join<Loan>(loans::book_id == books::id).where(books::score > 1);
  auto const names = union_(lent, select(shelves::name).from<Shelf>().where(shelves::depth == 2));
  auto const all = cte<"all_names">(select(members::name).from<Member>());
  db.write([&](auto& session) {
    CHECK(session.execute(insert_into<Author>(authors::name).from(lent)) == 2);  // a was lent twice
    CHECK(session.execute(insert_into<Author>(authors::name).from(names)) == 2);
    CHECK(session.execute(with(all, insert_into<Author>(authors::name).from(select(all[members::name]).from(all)))) ==
          1);
  });
  CHECK(values_of(db, select(authors::name).from<Author>().order_by(authors::id.asc())) ==
        texts{"a", "a", "Low", "a", "M"});
}
