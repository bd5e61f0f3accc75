// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/explain.hpp>
#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/functions/distinctness.hpp>
#include <forge_db/query/functions/random_order.hpp>
#include <forge_db/query/insert_select.hpp>
#include <forge_db/query/no_table.hpp>
#include <forge_db/query/subquery.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::rows_of;
using tests::texts;
using tests::values_of;

namespace {

template <class Condition>
auto titles(Condition condition) {
  return select(books::title).from<Book>().where(std::move(condition)).order_by(books::title.asc());
}

}  // namespace

TEST_CASE("NULL is distinct from every value, and from no NULL") {
  auto db = tests::lent_books();
  std::optional<ShelfId> shelf;
  CHECK(values_of(db, titles(is_not_distinct_from(books::shelf_id, shelf))) == texts{"d"});
  CHECK(values_of(db, titles(is_distinct_from(books::shelf_id, shelf))) == texts{"a", "b", "c"});
  shelf = ShelfId{2};
  CHECK(values_of(db, titles(is_not_distinct_from(books::shelf_id, shelf))) == texts{"a", "b"});
  CHECK(values_of(db, titles(is_distinct_from(books::shelf_id, ShelfId{2}))) == texts{"c", "d"});
  CHECK(values_of(db, titles(is_distinct_from(books::score, books::score))).empty());

  auto const found = rows_of(db, select(books::title, val(is_distinct_from(books::score, 2))).from<Book>());
  CHECK(found == std::vector<std::tuple<std::string, bool>>{{"a", false}, {"b", true}, {"c", true}, {"d", true}});
}

TEST_CASE("the value of an optional is kept where it is temporary, and borrowed where it is not") {
  auto db = tests::lent_books();
  auto const kept = titles(is_not_distinct_from(books::title, std::optional<std::string>("a")));
  CHECK(values_of(db, kept) == texts{"a"});
  std::optional<std::string> title = "a";
  auto const borrowed = titles(is_not_distinct_from(books::title, title));
  title->assign("b");
  CHECK(values_of(db, borrowed) == texts{"b"});
}

TEST_CASE("an index serves a comparison in which NULL equals NULL") {
  auto db = tests::lent_books();
  std::optional<std::string> const isbn = "1";
  auto const plan = rows_of(db, explain(select<Book>().where(is_not_distinct_from(books::isbn, isbn))));
  REQUIRE(plan.size() == 1);
  INFO(plan[0]);
  CHECK(plan[0].find("SEARCH books USING INDEX") != std::string::npos);
}

TEST_CASE("a select without a table gives one row, or none") {
  auto db = tests::lent_books();
  auto const is_lent = [](BookId book) {
    return select(val(exists(select<Loan>().where(loans::book_id == book)))).from(no_table);
  };
  db.read([&](auto& session) {
    CHECK(session.value(is_lent(BookId{1})));
    CHECK_FALSE(session.value(is_lent(BookId{2})));
    CHECK_FALSE(session.first(select(val(1)).from(no_table).where(!exists(select<Book>()))));
  });
}

TEST_CASE("a row is inserted where a condition holds") {
  auto db = tests::lent_books();
  std::string const code = "new";
  auto const insert_once = insert_into<Shelf>(shelves::code, shelves::name)
                               .from(select(val(code), val("New"))
                                         .from(no_table)
                                         .where(!exists(select<Shelf>().where(shelves::code == code))));
  db.write([&](auto& session) {
    CHECK(session.execute(insert_once) == 1);
    CHECK(session.execute(insert_once) == 0);
  });
}

TEST_CASE("a random order is another one from time to time, of the same rows") {
  auto db = tests::lent_books();
  auto const drawn = select(books::title).from<Book>().order_by(random_order());
  auto const first = values_of(db, drawn);
  bool another = false;
  for (int i = 0; i < 50; ++i) {
    auto now = values_of(db, drawn);
    another = another || now != first;
    std::sort(now.begin(), now.end());
    CHECK(now == texts{"a", "b", "c", "d"});
  }
  CHECK(another);
}
