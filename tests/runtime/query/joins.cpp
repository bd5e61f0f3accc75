// SPDX-License-Identifier: MIT
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/models.hpp>

#include <forge_db/query/query.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

constexpr auto on_shelf = books::shelf_id == shelves::id;
constexpr alias<Shelf, "above"> above;

/// Shelves 1 (top) > 2 > 3, 4 without books; books a, b, c on 2, 2, 3 and d on none, with scores 2, 4, none, 9.
sqlite::database filled() {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.execute(insert(std::vector<NewShelf>{
        {.code = "top", .name = "Top"},
        {.code = "mid", .name = "Middle", .parent_id = ShelfId{1}, .depth = 1},
        {.code = "low", .name = "Low", .parent_id = ShelfId{2}, .depth = 2},
        {.code = "empty", .name = "Empty", .parent_id = ShelfId{1}, .depth = 1},
    }));
    session.execute(insert(std::vector<NewBook>{
        {.isbn = "1", .title = "a", .shelf_id = ShelfId{2}, .score = 2.0},
        {.isbn = "2", .title = "b", .shelf_id = ShelfId{2}, .score = 4.0},
        {.isbn = "3", .title = "c", .shelf_id = ShelfId{3}, .score = null},
        {.isbn = "4", .title = "d", .score = 9.0},
    }));
  });
  return db;
}

template <class Query>
auto rows_of(sqlite::database& db, Query const& query) {
  return db.read([&](auto& session) { return session.all(query); });
}

}  // namespace

TEST_CASE("an inner join gives the pairs that satisfy its condition") {
  auto db = filled();
  auto const rows = rows_of(db, select(books::title, shelves::name)
                                    .from<Book>()
                                    .join<Shelf>(on_shelf && shelves::depth < 2)
                                    .order_by(books::title.asc()));
  CHECK(rows == std::vector<std::tuple<std::string, std::string>>{{"a", "Middle"}, {"b", "Middle"}});
}

TEST_CASE("a left join gives rows without a partner, whose columns are empty") {
  auto db = filled();
  auto const rows = rows_of(db, select(row_of<Book>(), row_of<Shelf>())
                                    .from<Book>()
                                    .left_join<Shelf>(on_shelf)
                                    .order_by(shelves::id.asc(), books::id.asc()));
  REQUIRE(rows.size() == 4);
  CHECK(std::get<0>(rows[0]).title == "d");
  CHECK(!std::get<1>(rows[0]));
  CHECK(std::get<0>(rows[3]).title == "c");
  REQUIRE(std::get<1>(rows[3]));
  CHECK(std::get<1>(rows[3])->name == "Low");
  CHECK(std::get<1>(rows[3])->parent_id == ShelfId{2});
  CHECK(std::get<0>(rows[3]).score == std::nullopt);
}

TEST_CASE("a row of which only the key is set is found by an outer join") {
  auto db = filled();
  auto const rows = rows_of(db, select(row_of(above), shelves::code)
                                    .from<Shelf>()
                                    .left_join(above, shelves::parent_id == above[shelves::id])
                                    .order_by(shelves::id.asc()));
  REQUIRE(rows.size() == 4);
  CHECK(!std::get<0>(rows[0]));
  REQUIRE(std::get<0>(rows[1]));
  CHECK(std::get<0>(rows[1])->code == "top");
  CHECK(std::get<0>(rows[2])->code == "mid");
}

TEST_CASE("right and full joins give what the left side does not have") {
  auto db = filled();
  auto const right = rows_of(db, select(books::title, shelves::code)
                                     .from<Book>()
                                     .right_join<Shelf>(on_shelf)
                                     .order_by(shelves::id.asc(), books::id.asc()));
  using pair = std::tuple<std::optional<std::string>, std::string>;
  CHECK(right ==
        std::vector<pair>{{std::nullopt, "top"}, {"a", "mid"}, {"b", "mid"}, {"c", "low"}, {std::nullopt, "empty"}});

  auto const full = rows_of(db, select(books::title, shelves::code)
                                    .from<Book>()
                                    .full_join<Shelf>(on_shelf)
                                    .where(is_missing<Shelf>() || is_missing<Book>())
                                    .order_by(shelves::id.asc()));
  using both = std::tuple<std::optional<std::string>, std::optional<std::string>>;
  CHECK(full == std::vector<both>{{"d", std::nullopt}, {std::nullopt, "top"}, {std::nullopt, "empty"}});
}

TEST_CASE("rows of a join go into a struct") {
  struct placed {
    std::string title;
    std::optional<std::string> shelf;
    std::int64_t level;
  };
  auto db = filled();
  auto const rows = rows_of(db, select(books::title, shelves::name, count(above[shelves::id]))
                                    .into<placed>()
                                    .from<Book>()
                                    .left_join<Shelf>(on_shelf)
                                    .left_join(above, shelves::parent_id == above[shelves::id])
                                    .group_by(books::id, books::title, shelves::name)
                                    .order_by(books::title.asc()));
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].shelf == "Middle");
  CHECK(rows[0].level == 1);
  CHECK(rows[3].shelf == std::nullopt);
  CHECK(rows[3].level == 0);
}

TEST_CASE("groups answer what SQL answers of them") {
  auto db = filled();
  using stat = std::tuple<std::optional<ShelfId>, std::int64_t, std::optional<double>, std::optional<double>>;
  auto const rows = rows_of(db, select(books::shelf_id, count(), avg(books::score), sum(books::score))
                                    .from<Book>()
                                    .group_by(books::shelf_id)
                                    .order_by(books::shelf_id.asc()));
  CHECK(rows == std::vector<stat>{{std::nullopt, 1, 9.0, 9.0},
                                  {ShelfId{2}, 2, 3.0, 6.0},
                                  {ShelfId{3}, 1, std::nullopt, std::nullopt}});

  auto const large = rows_of(db, select(books::shelf_id)
                                     .from<Book>()
                                     .where(books::title != "a")
                                     .group_by(books::shelf_id)
                                     .having(count() > 0 && max(books::score) > 5));
  CHECK(large == std::vector<std::tuple<std::optional<ShelfId>>>{{std::nullopt}});
}

TEST_CASE("aggregates of no rows are empty, and counts are 0") {
  auto db = filled();
  auto const row = db.read([](auto& session) {
    return session.one(select(count(), count(books::score), sum(shelves::depth), avg(books::score), min(books::title),
                              string_agg(books::title, ","))
                           .template from<Book>()
                           .template left_join<Shelf>(on_shelf)
                           .where(books::title == "none"));
  });
  CHECK(row == std::tuple<std::int64_t, std::int64_t, std::optional<std::int64_t>, std::optional<double>,
                          std::optional<std::string>, std::optional<std::string>>{0, 0, {}, {}, {}, {}});
}

TEST_CASE("a filtered aggregate sees some of the rows") {
  auto db = filled();
  auto const row = db.read([](auto& session) {
    return session.one(select(count(), count().filter(books::score > 3.0), max(books::title).filter(books::score < 3.0),
                              count_distinct(books::shelf_id))
                           .template from<Book>());
  });
  CHECK(row == std::tuple<std::int64_t, std::int64_t, std::optional<std::string>, std::int64_t>{4, 2, "a", 2});
}

TEST_CASE("values of expressions are bound where they stand") {
  auto db = filled();
  auto const rows = rows_of(db, select(shelves::depth * 10 + 1, shelves::depth / (shelves::depth - 1), shelves::code)
                                    .from<Shelf>()
                                    .join(above, shelves::parent_id == above[shelves::id] && above[shelves::depth] < 5)
                                    .where(shelves::depth % 2 == 1 && shelves::depth + 1 >= 2)
                                    .order_by((shelves::depth * 1).desc(), shelves::id.desc())
                                    .limit(1));
  CHECK(rows ==
        std::vector<std::tuple<std::int64_t, std::optional<std::int64_t>, std::string>>{{11, std::nullopt, "empty"}});
}

TEST_CASE("distinct rows are given once") {
  auto db = filled();
  CHECK(rows_of(db, select(shelves::depth).from<Shelf>().distinct().order_by(shelves::depth.asc())) ==
        std::vector<std::tuple<std::int32_t>>{{0}, {1}, {2}});
}

TEST_CASE("what is grouped by has the values that it is selected with") {
  auto const grouped = [](int selected, int by) {
    return select(row_of<Shelf>(), shelves::depth % selected).from<Shelf>().group_by(shelves::id, shelves::depth % by);
  };
  CHECK(sql<dialect::sqlite>(grouped(2, 2)).ends_with(R"(group by "id", 6)"));  // behind the five columns of the row
  CHECK_THROWS_AS(grouped(2, 3), invalid_value);
}

TEST_CASE("whole rows are distinct in the order of one of their columns") {
  auto db = filled();
  auto const shelves_with_books = select<Shelf>().join<Book>(on_shelf).distinct().order_by(shelves::name.asc());
  auto const rows = rows_of(db, shelves_with_books);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].name == "Low");
  CHECK(rows[1].name == "Middle");
}
