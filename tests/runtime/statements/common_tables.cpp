// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/recursive.hpp>
#include <forge_db/query/subquery.hpp>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using namespace forge_db::literals;
using namespace library;
using tests::rows_of;
using tests::texts;
using tests::values_of;

namespace {

/// The shelf and what is below it, at most `levels` levels.
auto shelves_below(ShelfId top, std::int64_t levels) {
  return recursive<"below">(
      select(shelves::id, shelves::name, as<"level">(shelves::depth * 0)).from<Shelf>().where(shelves::id == top),
      [=](auto below) {
        return select(shelves::id, shelves::name, below["level"_c] + 1)
            .template from<Shelf>()
            .join(below, shelves::parent_id == below[shelves::id])
            .where(below["level"_c] < levels);
      });
}

}  // namespace

TEST_CASE("a statement begins with selects that it selects from, each of which sees those before it") {
  auto db = tests::lent_books();
  auto const lent = cte<"lent">(select(loans::book_id, as<"n">(count()))
                                    .from<Loan>()
                                    .where(loans::status != loan_status::lost)
                                    .group_by(loans::book_id));
  auto const often = cte<"often">(select(lent[loans::book_id]).from(lent).where(lent["n"_c] > 1));
  auto const query = with(lent, often,
                          select(books::title, lent["n"_c])
                              .from<Book>()
                              .join(lent, lent[loans::book_id] == books::id)
                              .where(books::id.in(select(often["book_id"_c]).from(often)) && books::title != "z"));
  CHECK(rows_of(db, query) == std::vector<std::tuple<std::string, std::int64_t>>{{"a", 2}});
}

TEST_CASE("a recursive select walks a tree, down to a limit") {
  auto db = tests::lent_books();
  auto const names = [&](std::int64_t levels) {
    auto const below = shelves_below(ShelfId{1}, levels);
    return values_of(
        db,
        with(below,
             select(below[shelves::name]).from(below).order_by(below["level"_c].asc(), below[shelves::name].asc())));
  };
  CHECK(names(9) == texts{"Top", "Empty", "Middle", "Low"});
  CHECK(names(1) == texts{"Top", "Empty", "Middle"});
  CHECK(names(0) == texts{"Top"});
}

TEST_CASE("a recursive select of different rows ends in a circle") {
  auto db = tests::lent_books();
  db.write([](auto& session) {
    session.execute(update<Shelf>().set(shelves::parent_id = ShelfId{3}).where(shelves::id == ShelfId{1}));
  });
  auto const around =
      recursive<"around">(select(shelves::id).from<Shelf>().where(shelves::id == ShelfId{2}), [](auto self) {
        return select(shelves::id).from<Shelf>().join(self, shelves::parent_id == self[shelves::id]);
      }).distinct();
  CHECK(values_of(db, with(around, select(count()).from(around))) == std::vector<std::int64_t>{4});
}

TEST_CASE("a select under a name stands in a statement twice by an alias") {
  auto db = tests::lent_books();
  auto const shelved = cte<"shelved">(select(books::shelf_id, books::title).from<Book>().where(books::score > 1));
  alias<decltype(shelved)::row_type, "neighbour"> neighbour;
  auto const pairs =
      with(shelved, select(shelved[books::title], neighbour[shelved[books::title]])
                        .from(shelved)
                        .join(neighbour, shelved[books::shelf_id] == neighbour[shelved[books::shelf_id]] &&
                                             shelved[books::title] < neighbour[shelved[books::title]]));
  CHECK(rows_of(db, pairs) == std::vector<std::tuple<std::string, std::string>>{{"a", "b"}});
}

TEST_CASE("updates and removals begin with selects, too; values are bound in the order of the text") {
  auto db = tests::lent_books();
  auto const below = shelves_below(ShelfId{2}, 5);
  auto const on_them = books::shelf_id.in(select(below[shelves::id]).from(below));
  db.write([&](auto& session) {
    CHECK(session.execute(with(below, update<Book>().set(books::title = "x").where(on_them && books::score > 3))) == 1);
    auto const patched = session.all(
        with(below,
             update<Book>().set(BookPatch{.title = "y"}).where(on_them && books::title != "x").returning(books::isbn)));
    CHECK(patched.size() == 2);
    CHECK(session.execute(with(below, remove<Book>().where(on_them && books::title == "x"))) == 1);
  });
  CHECK(values_of(db, select(books::title).from<Book>().order_by(books::id.asc())) == texts{"y", "y", "d"});
}
