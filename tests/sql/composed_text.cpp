// SPDX-License-Identifier: MIT
// Derived tables, set operations and selects of with(), as text.
#include "sql/sql_of.hpp"

#include <library/models.hpp>

#include <forge_db/query/derived.hpp>
#include <forge_db/query/recursive.hpp>
#include <forge_db/query/subquery.hpp>

namespace {

using namespace forge_db;
using namespace forge_db::literals;
using namespace library;

[[maybe_unused]] auto const busy = derived<"busy">(select(loans::book_id, as<"n">(count()))
                                                       .from<Loan>()
                                                       .where(loans::status == loan_status::open)
                                                       .group_by(loans::book_id));
[[maybe_unused]] auto const good = select(books::title).from<Book>().where(books::score > 3);
[[maybe_unused]] auto const written = select(authors::name).from<Author>();
[[maybe_unused]] auto const placed = select(shelves::name).from<Shelf>().join<Book>(books::shelf_id == shelves::id);
[[maybe_unused]] auto const everything = derived<"everything">(union_(good, written));
[[maybe_unused]] auto const cbusy =
    cte<"busy">(select(loans::book_id, as<"n">(count())).from<Loan>().group_by(loans::book_id));
[[maybe_unused]] auto const tree = recursive<"tree">(
    select(shelves::id, shelves::name, shelves::depth).from<Shelf>().where(shelves::id == ShelfId{1}), [](auto self) {
      return select(shelves::id, shelves::name, self[shelves::depth] + 1)
          .template from<Shelf>()
          .join(self, shelves::parent_id == self[shelves::id])
          .where(self[shelves::depth] < 10);
    });

FORGE_TEXTS(R"(select "books"."title", "busy"."n" from "books" left join (select "loans"."book_id", count(*) )"
            R"(as "n" from "loans" where "loans"."status" = ? group by "loans"."book_id") as "busy" on )"
            R"("busy"."book_id" = "books"."id" where "busy"."n" > ? order by "busy"."n" desc nulls last)",
            R"(select "books"."title", "busy"."n" from "books" left join (select "loans"."book_id", count(*) )"
            R"(as "n" from "loans" where "loans"."status" = $1 group by "loans"."book_id") as "busy" on )"
            R"("busy"."book_id" = "books"."id" where "busy"."n" > $2 order by "busy"."n" desc nulls last)",
            select(books::title, busy["n"_c])
                .from<Book>()
                .left_join(busy, busy[loans::book_id] == books::id)
                .where(busy["n"_c] > 3)
                .order_by(busy["n"_c].desc()));
FORGE_TEXTS(R"(select avg("n") from (select "loans"."book_id", count(*) as "n" from "loans" where )"
            R"("loans"."status" = ? group by "loans"."book_id") as "busy")",
            R"(select avg("n")::double precision from (select "loans"."book_id", count(*) as "n" from "loans" )"
            R"(where "loans"."status" = $1 group by "loans"."book_id") as "busy")",
            select(avg(busy["n"_c])).from(busy));
FORGE_TEXTS(R"(select "title" from "books" where "score" > ? union all select "name" from "authors" union all )"
            R"(select "shelves"."name" from "shelves" join "books" on "books"."shelf_id" = "shelves"."id" )"
            R"(order by 1 desc limit ?)",
            R"(select "title" from "books" where "score" > $1 union all select "name" from "authors" union all )"
            R"(select "shelves"."name" from "shelves" join "books" on "books"."shelf_id" = "shelves"."id" )"
            R"(order by 1 desc limit $2)",
            union_all(good, written, placed).order_by(books::title.desc()).limit(3));
FORGE_TEXTS(R"(select "title" from "books" where "score" > ? union select "name" from "authors" except select )"
            R"("shelves"."name" from "shelves" join "books" on "books"."shelf_id" = "shelves"."id" limit -1 )"
            R"(offset ?)",
            R"((select "title" from "books" where "score" > $1 union select "name" from "authors") except )"
            R"(select "shelves"."name" from "shelves" join "books" on "books"."shelf_id" = "shelves"."id" )"
            R"(offset $2)",
            except(union_(good, written), placed).offset(2));
FORGE_TEXTS(R"(select "title" from "books" where "title" in (select "books"."title" from "books" where )"
            R"("books"."score" > ? intersect select "authors"."name" from "authors"))",
            R"(select "title" from "books" where "title" in (select "books"."title" from "books" where )"
            R"("books"."score" > $1 intersect select "authors"."name" from "authors"))",
            select(books::title).from<Book>().where(books::title.in(intersect(good, written))));
FORGE_TEXTS(R"(select "title" from (select "books"."title" from "books" where "books"."score" > ? union select )"
            R"("authors"."name" from "authors") as "everything")",
            R"(select "title" from (select "books"."title" from "books" where "books"."score" > $1 union )"
            R"(select "authors"."name" from "authors") as "everything")",
            select(everything[books::title]).from(everything));
FORGE_TEXTS(R"(with "busy" as (select "loans"."book_id", count(*) as "n" from "loans" group by )"
            R"("loans"."book_id") select "books"."title", "busy"."n" from "books" join "busy" on )"
            R"("busy"."book_id" = "books"."id")",
            R"(with "busy" as (select "loans"."book_id", count(*) as "n" from "loans" group by )"
            R"("loans"."book_id") select "books"."title", "busy"."n" from "books" join "busy" on )"
            R"("busy"."book_id" = "books"."id")",
            with(cbusy,
                 select(books::title, cbusy["n"_c]).from<Book>().join(cbusy, cbusy[loans::book_id] == books::id)));
FORGE_TEXTS(R"(with recursive "tree" as (select "shelves"."id", "shelves"."name", "shelves"."depth" from )"
            R"("shelves" where "shelves"."id" = ? union all select "shelves"."id", "shelves"."name", )"
            R"("tree"."depth" + ? from "shelves" join "tree" on "shelves"."parent_id" = "tree"."id" where )"
            R"("tree"."depth" < ?) select "name" from "tree" order by "depth")",
            R"(with recursive "tree" as (select "shelves"."id", "shelves"."name", "shelves"."depth" from )"
            R"("shelves" where "shelves"."id" = $1 union all select "shelves"."id", "shelves"."name", )"
            R"("tree"."depth" + $2 from "shelves" join "tree" on "shelves"."parent_id" = "tree"."id" where )"
            R"("tree"."depth" < $3) select "name" from "tree" order by "depth")",
            with(tree, select(tree[shelves::name]).from(tree).order_by(tree[shelves::depth].asc())));
FORGE_TEXTS(
    R"(with recursive "busy" as (select "loans"."book_id", count(*) as "n" from "loans" group by )"
    R"("loans"."book_id"), "tree" as (select "shelves"."id", "shelves"."name", "shelves"."depth" from )"
    R"("shelves" where "shelves"."id" = ? union select "shelves"."id", "shelves"."name", )"
    R"("tree"."depth" + ? from "shelves" join "tree" on "shelves"."parent_id" = "tree"."id" where )"
    R"("tree"."depth" < ?) update "books" set "score" = ?, "updated_at" = ? where "id" in (select )"
    R"("busy"."book_id" from "busy"))",
    R"(with recursive "busy" as (select "loans"."book_id", count(*) as "n" from "loans" group by )"
    R"("loans"."book_id"), "tree" as (select "shelves"."id", "shelves"."name", "shelves"."depth" from )"
    R"("shelves" where "shelves"."id" = $1 union select "shelves"."id", "shelves"."name", )"
    R"("tree"."depth" + $2 from "shelves" join "tree" on "shelves"."parent_id" = "tree"."id" where )"
    R"("tree"."depth" < $3) update "books" set "score" = $4, "updated_at" = $5 where "id" in (select )"
    R"("busy"."book_id" from "busy"))",
    with(cbusy, tree.distinct(),
         update<Book>().set(books::score = 1.0).where(books::id.in(select(cbusy[loans::book_id]).from(cbusy)))));
FORGE_TEXTS(R"(with recursive "tree" as (select "shelves"."id", "shelves"."name", "shelves"."depth" from )"
            R"("shelves" where "shelves"."id" = ? union all select "shelves"."id", "shelves"."name", )"
            R"("tree"."depth" + ? from "shelves" join "tree" on "shelves"."parent_id" = "tree"."id" where )"
            R"("tree"."depth" < ?) delete from "shelves" where "id" in (select "tree"."id" from "tree"))",
            R"(with recursive "tree" as (select "shelves"."id", "shelves"."name", "shelves"."depth" from )"
            R"("shelves" where "shelves"."id" = $1 union all select "shelves"."id", "shelves"."name", )"
            R"("tree"."depth" + $2 from "shelves" join "tree" on "shelves"."parent_id" = "tree"."id" where )"
            R"("tree"."depth" < $3) delete from "shelves" where "id" in (select "tree"."id" from "tree"))",
            with(tree, remove<Shelf>().where(shelves::id.in(select(tree[shelves::id]).from(tree)))));

}  // namespace
