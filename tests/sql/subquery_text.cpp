// SPDX-License-Identifier: MIT
// Subqueries, as text.
#include "sql/sql_of.hpp"

#include <library/models.hpp>

#include <forge_db/query/subquery.hpp>

namespace {

using namespace forge_db;
using namespace library;

constexpr alias<Book, "other"> other;

FORGE_TEXTS(R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" where exists (select 1 from "loans" where "loans"."book_id" = "books"."id"))",
            R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" where exists (select 1 from "loans" where "loans"."book_id" = "books"."id"))",
            select<Book>().where(exists(select<Loan>().where(loans::book_id == outer(books::id)))));
FORGE_TEXTS(R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" where not exists (select 1 from "loans" where "loans"."book_id" = "books"."id" and )"
            R"("loans"."status" = ?) and "score" > ?)",
            R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" where not exists (select 1 from "loans" where "loans"."book_id" = "books"."id" and )"
            R"("loans"."status" = $1) and "score" > $2)",
            select<Book>().where(!exists(select<Loan>().where(loans::book_id == outer(books::id) &&
                                                              loans::status == loan_status::lost)) &&
                                 books::score > 3));
FORGE_TEXTS(
    R"(select "title", (select count(*) from "loans" where "loans"."book_id" = "books"."id") from )"
    R"("books")",
    R"(select "title", (select count(*) from "loans" where "loans"."book_id" = "books"."id") from )"
    R"("books")",
    select(books::title, scalar(select(count()).from<Loan>().where(loans::book_id == outer(books::id)))).from<Book>());
FORGE_TEXTS(R"(select "title" from "books" where "score" > (select avg("books"."score") from "books"))",
            R"(select "title" from "books" where "score" > (select avg("books"."score")::double precision from )"
            R"("books"))",
            select(books::title).from<Book>().where(books::score > scalar(select(avg(books::score)).from<Book>())));
FORGE_TEXTS(R"(select "title" from "books" where "score" > (select avg("other"."score") from "books" as )"
            R"("other" where "other"."shelf_id" = "books"."shelf_id"))",
            R"(select "title" from "books" where "score" > (select avg("other"."score")::double precision from )"
            R"("books" as "other" where "other"."shelf_id" = "books"."shelf_id"))",
            select(books::title)
                .from<Book>()
                .where(books::score > scalar(select(avg(other[books::score]))
                                                 .from(other)
                                                 .where(other[books::shelf_id] == outer(books::shelf_id)))));
FORGE_TEXTS(R"(select "title" from "books" where "id" in (select "loans"."book_id" from "loans" where )"
            R"("loans"."status" = ?) and "title" = ?)",
            R"(select "title" from "books" where "id" in (select "loans"."book_id" from "loans" where )"
            R"("loans"."status" = $1) and "title" = $2)",
            select(books::title)
                .from<Book>()
                .where(books::id.in(select(loans::book_id).from<Loan>().where(loans::status == loan_status::open)) &&
                       books::title == "x"));
FORGE_TEXTS(R"(select "title" from "books" where "id" not in (select "loans"."book_id" from "loans") and )"
            R"("score" + ? in (select "books"."score" from "books"))",
            R"(select "title" from "books" where "id" not in (select "loans"."book_id" from "loans") and )"
            R"("score" + $1 in (select "books"."score" from "books"))",
            select(books::title)
                .from<Book>()
                .where(books::id.not_in(select(loans::book_id).from<Loan>()) &&
                       (books::score + 1).in(select(books::score).from<Book>())));

}  // namespace
