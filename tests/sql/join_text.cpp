// SPDX-License-Identifier: MIT
// Joins, groups and expressions, as text.
#include "sql/sql_of.hpp"

#include <library/models.hpp>

namespace {

using namespace forge_db;
using namespace library;

constexpr auto on_shelf = books::shelf_id == shelves::id;
constexpr alias<Shelf, "above"> above;

// Columns are qualified as soon as there are two tables; what may be missing has a place for NULL in an order.
constexpr auto placed = select(books::title, shelves::name)
                            .from<Book>()
                            .left_join<Shelf>(on_shelf)
                            .where(books::score > 7.5 && shelves::depth.between(1, 3))
                            .order_by(shelves::name.asc(), books::title.desc())
                            .limit(5);
static_assert(sql<dialect::sqlite>(placed) ==
              R"(select "books"."title", "shelves"."name" from "books" left join "shelves" on "books"."shelf_id" = )"
              R"("shelves"."id" where "books"."score" > ? and "shelves"."depth" between ? and ? )"
              R"(order by "shelves"."name" nulls first, "books"."title" desc limit ?)");
static_assert(sql<dialect::postgres>(placed) ==
              R"(select "books"."title", "shelves"."name" from "books" left join "shelves" on "books"."shelf_id" = )"
              R"("shelves"."id" where "books"."score" > $1 and "shelves"."depth" between $2 and $3 )"
              R"(order by "shelves"."name" nulls first, "books"."title" desc limit $4)");

// Every kind.
template <class S>
constexpr std::string_view from_of(S const& statement) {
  std::string_view const text = sql<dialect::postgres>(statement);
  return text.substr(text.find(" from "));
}
constexpr auto titles = select(books::title).from<Book>();
static_assert(from_of(titles.join<Shelf>(on_shelf)) ==
              R"( from "books" join "shelves" on "books"."shelf_id" = "shelves"."id")");
static_assert(from_of(titles.right_join<Shelf>(on_shelf)) ==
              R"( from "books" right join "shelves" on "books"."shelf_id" = "shelves"."id")");
static_assert(from_of(titles.full_join<Shelf>(on_shelf)) ==
              R"( from "books" full join "shelves" on "books"."shelf_id" = "shelves"."id")");
static_assert(from_of(titles.cross_join<Shelf>()) == R"( from "books" cross join "shelves")");

// A chain, and a table with itself.
static_assert(
    from_of(select(members::name)
                .from<Loan>()
                .join<Book>(loans::book_id == books::id)
                .join<Member>(loans::member_id == members::id)
                .left_join<Shelf>(on_shelf)
                .left_join(above, shelves::parent_id == above[shelves::id])) ==
    R"( from "loans" join "books" on "loans"."book_id" = "books"."id" join "members" on "loans"."member_id" = )"
    R"("members"."id" left join "shelves" on "books"."shelf_id" = "shelves"."id" left join "shelves" as "above" )"
    R"(on "shelves"."parent_id" = "above"."id")");
static_assert(sql<dialect::sqlite>(select(above[shelves::name]).from(above).where(above[shelves::depth] > 1)) ==
              R"(select "name" from "shelves" as "above" where "depth" > ?)");

// Whole rows, column by column, because a statement's names may be of several tables.
static_assert(
    sql<dialect::sqlite>(select(row_of<Shelf>(), row_of(above), books::id)
                             .from<Shelf>()
                             .left_join(above, shelves::parent_id == above[shelves::id])
                             .join<Book>(on_shelf)) ==
    R"(select "shelves"."id", "shelves"."code", "shelves"."name", "shelves"."parent_id", "shelves"."depth", )"
    R"("above"."id", "above"."code", "above"."name", "above"."parent_id", "above"."depth", "books"."id" from )"
    R"("shelves" left join "shelves" as "above" on "shelves"."parent_id" = "above"."id" join "books" on )"
    R"("books"."shelf_id" = "shelves"."id")");

// Groups. Values are numbered in the order of the text; an expression is grouped by its place in the list.
auto const per_shelf = select(books::shelf_id, count(), avg(books::score),
                              as<"best">(max(books::score).filter(books::status != loan_status::lost)))
                           .from<Book>()
                           .where(books::title.contains("a"))
                           .group_by(books::shelf_id)
                           .having(count() > 3 || sum(books::score) >= 10)
                           .order_by(count().desc(), books::shelf_id.asc());
static_assert(sqlite_of<decltype(per_shelf)> ==
              R"(select "shelf_id", count(*), avg("score"), max("score") filter (where "status" <> ?) as "best" )"
              R"(from "books" where instr(lower("title"), lower(?)) > 0 group by "shelf_id" having count(*) > ? or )"
              R"(sum("score") >= ? order by count(*) desc nulls last, "shelf_id" nulls first)");
static_assert(
    postgres_of<decltype(per_shelf)> ==
    R"(select "shelf_id", count(*), avg("score")::double precision, max("score") filter (where "status" <> $1) )"
    R"(as "best" from "books" where position(lower($2::text collate "C") in lower("title"::text collate "C")) > 0 )"
    R"(group by "shelf_id" having count(*) > $3 or sum("score") >= $4 )"
    R"(order by count(*) desc nulls last, "shelf_id" nulls first)");
static_assert(sql<dialect::postgres>(select(shelves::depth % 2, count(), sum(shelves::depth))
                                         .from<Shelf>()
                                         .group_by(shelves::depth % 2)) ==
              R"(select "depth" % $1, count(*), sum("depth")::bigint from "shelves" group by 1)");
static_assert(sql<dialect::sqlite>(select(books::shelf_id).from<Book>().distinct()) ==
              R"(select distinct "shelf_id" from "books")");
using summary = decltype(select(count_distinct(books::shelf_id), count(books::score), min(books::title),
                                string_agg(books::title, "; "))
                             .from<Book>());
static_assert(
    sqlite_of<summary> ==
    R"(select count(distinct "shelf_id"), count("score"), min("title"), group_concat("title", ?) from "books")");
static_assert(
    postgres_of<summary> ==
    R"(select count(distinct "shelf_id"), count("score"), min("title"), string_agg("title", $1) from "books")");
static_assert(sql<dialect::sqlite>(select<Shelf>()
                                       .left_join(above, shelves::parent_id == above[shelves::id])
                                       .where(is_missing(above) || is_found<Shelf>()))
                  .ends_with(R"( where "above"."id" is null or "shelves"."id" is not null)"));

// Arithmetic keeps the order that C++ gives it.
template <class E>
constexpr std::string_view item_of_list(E const& expression) {
  std::string_view const text = sql<dialect::sqlite>(select(expression).template from<Shelf>());
  return text.substr(7, text.find(" from ") - 7);
}
constexpr auto d = shelves::depth;
static_assert(item_of_list((d + 1) * 2) == R"(("depth" + ?) * ?)");
static_assert(item_of_list(d + d * 2) == R"("depth" + "depth" * ?)");
static_assert(item_of_list(d - (d - 1)) == R"("depth" - ("depth" - ?))");
static_assert(item_of_list(10 - d) == R"(? - "depth")");
static_assert(item_of_list(d / (d / 2)) == R"("depth" / ("depth" / ?))");
static_assert(item_of_list(d * 2 % 3) == R"("depth" * ? % ?)");
FORGE_CONDITION(Shelf, R"("depth" * ? > "depth" + ? and ("depth" % ? = ? or "depth" - ? is not null))",
                R"("depth" * $1 > "depth" + $2 and ("depth" % $3 = $4 or "depth" - $5 is not null))",
                d * 2 > d + 3 && (d % 2 == 1 || (d - 1).is_not_null()));
FORGE_CONDITION(Shelf, R"("depth" >= "depth" * ? and "depth" * ? < "depth")",
                R"("depth" >= "depth" * $1 and "depth" * $2 < "depth")", d >= d * 1 && d * 1 < d);
FORGE_CONDITION(Shelf, R"("depth" * ? <= ? and "depth" + ? between ? and "depth")",
                R"("depth" * $1 <= $2 and "depth" + $3 between $4 and "depth")", 7 >= d * 2 && (d + 1).between(0, d));
FORGE_CONDITION(Shelf, R"("depth" * ? in (select c0 from forge_span(?)))", R"("depth" * $1 = any($2))",
                (d * 2).in({2, 4}));

}  // namespace
