// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/derived.hpp>
#include <forge_db/query/set_operation.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
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

auto lent_often() {
  return derived<"lent">(select(loans::book_id, as<"n">(count()), as<"last">(max(loans::returned_at)))
                             .from<Loan>()
                             .where(loans::status != loan_status::lost)
                             .group_by(loans::book_id));
}

}  // namespace

TEST_CASE("a derived table is joined like a table; its columns are optional where a row may be missing") {
  auto db = tests::lent_books();
  auto const lent = lent_often();
  auto const query = select(books::title, lent["n"_c], lent[loans::book_id])
                         .from<Book>()
                         .left_join(lent, lent[loans::book_id] == books::id)
                         .where(books::title != "b")
                         .order_by(lent["n"_c].desc(), books::title.asc());
  using row = std::tuple<std::string, std::optional<std::int64_t>, std::optional<BookId>>;
  static_assert(std::same_as<decltype(query)::row_type, row>);
  CHECK(rows_of(db, query) ==
        std::vector<row>{{"a", 2, BookId{1}}, {"c", 1, BookId{3}}, {"d", std::nullopt, std::nullopt}});

  auto const inner = select(lent["n"_c], lent["last"_c]).from(lent).where(lent["n"_c] > 1);
  static_assert(std::same_as<decltype(inner)::row_type, std::tuple<std::int64_t, std::optional<timestamp>>>);
  CHECK(rows_of(db, inner).size() == 1);
}

TEST_CASE("aggregates of aggregates; values within come before those without") {
  auto db = tests::lent_books();
  auto const lent = lent_often();
  CHECK(values_of(db, select(avg(lent["n"_c])).from(lent).where(lent["n"_c] < 10)) ==
        std::vector<std::optional<double>>{1.5});
}

TEST_CASE("whole rows and set operations as derived tables") {
  auto db = tests::lent_books();
  auto const shelved =
      derived<"shelved">(select<Book>().where(books::shelf_id.is_not_null()).order_by(books::id.desc()).limit(2));
  CHECK(values_of(db, select(shelved[books::title]).from(shelved).order_by(shelved[books::title].asc())) ==
        texts{"b", "c"});
  auto const names = derived<"names">(
      union_(select(books::title).from<Book>(), select(shelves::name).from<Shelf>().where(shelves::depth == 2)));
  CHECK(values_of(db, select(count()).from(names)) == std::vector<std::int64_t>{5});
  CHECK(values_of(db, select(names["title"_c]).from(names).where(names[books::title] > "c")) == texts{"d"});
}
