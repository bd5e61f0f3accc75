// SPDX-License-Identifier: MIT
// Changes by selects, expressions and spans, as text.
#include "sql/sql_of.hpp"

#include <library/models.hpp>

#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/functions/random_order.hpp>
#include <forge_db/query/more_statements.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace {

using namespace forge_db;
using namespace forge_db::literals;
using namespace library;

struct scored {
  BookId id;
  double score;
};
struct keeps {
  std::string isbn;
  std::optional<std::string> title;
  patch<double> score;
  std::optional<ShelfId> shelf;
};
[[maybe_unused]] auto const agg = derived<"agg">(
    select(loans::book_id, as<"n">(count())).from<Loan>().where(loans::number > 3).group_by(loans::book_id));
[[maybe_unused]] std::vector<NewBook> const more;
[[maybe_unused]] std::vector<std::tuple<BookId, AuthorId>> const keys;
[[maybe_unused]] std::vector<scored> const scores;
[[maybe_unused]] std::vector<keeps> const k;
[[maybe_unused]] std::vector<Book> const whole;

FORGE_TEXTS(R"(update "books" set "score" = "books"."score" * ? + "agg"."n", "title" = ?, "updated_at" = ? )"
            R"(from (select "loans"."book_id", count(*) as "n" from "loans" where "loans"."number" > ? group )"
            R"(by "loans"."book_id") as "agg" where "agg"."book_id" = "books"."id" and ("books"."score" > ? or )"
            R"("agg"."n" > ?) returning "books"."id", "books"."isbn", "books"."title", "books"."shelf_id", )"
            R"("books"."tags", "books"."score", "books"."status", "books"."created_at", "books"."updated_at")",
            R"(update "books" set "score" = "books"."score" * $1 + "agg"."n", "title" = $2, "updated_at" = $3 )"
            R"(from (select "loans"."book_id", count(*) as "n" from "loans" where "loans"."number" > $4 group )"
            R"(by "loans"."book_id") as "agg" where "agg"."book_id" = "books"."id" and ("books"."score" > $5 )"
            R"(or "agg"."n" > $6) returning "books"."id", "books"."isbn", "books"."title", "books"."shelf_id", )"
            R"("books"."tags", "books"."score", "books"."status", "books"."created_at", "books"."updated_at")",
            update<Book>()
                .from(agg, agg[loans::book_id] == books::id)
                .set(books::score = books::score * 2 + agg["n"_c], books::title = "t")
                .where(books::score > 1 || agg["n"_c] > 2)
                .returning());
FORGE_TEXTS(R"(update "books" set "title" = "members"."name", "updated_at" = ? from "loans" join "members" on )"
            R"("loans"."member_id" = "members"."id" where "loans"."book_id" = "books"."id" returning )"
            R"("books"."id")",
            R"(update "books" set "title" = "members"."name", "updated_at" = $1 from "loans" join "members" on )"
            R"("loans"."member_id" = "members"."id" where "loans"."book_id" = "books"."id" returning )"
            R"("books"."id")",
            update<Book>()
                .from<Loan>(loans::book_id == books::id)
                .join<Member>(loans::member_id == members::id)
                .set(books::title = members::name)
                .returning(books::id));
FORGE_TEXTS(R"(update "books" set "score" = "score" + ?, "updated_at" = ? where "id" = ? returning "id", )"
            R"("score" * ? as "twice")",
            R"(update "books" set "score" = "score" + $1, "updated_at" = $2 where "id" = $3 returning "id", )"
            R"("score" * $4 as "twice")",
            update<Book>()
                .set(books::score = books::score + 1)
                .where(books::id == BookId{3})
                .returning(books::id, as<"twice">(books::score * 2)));
FORGE_TEXTS(R"(insert into "books" ("isbn", "title", "tags", "score", "status", "created_at", "updated_at") )"
            R"(select new_rows.*, ?, ?, ?, ?, ? from (select "code", "name" from "shelves") as new_rows where )"
            R"(true on conflict ("isbn") do update set "title" = excluded."title", "updated_at" = )"
            R"(excluded."updated_at" returning "id")",
            R"(insert into "books" ("isbn", "title", "tags", "score", "status", "created_at", "updated_at") )"
            R"(select new_rows.*, $1::jsonb, $2::double precision, $3::text, $4::timestamptz, $5::timestamptz )"
            R"(from (select "code", "name" from "shelves") as new_rows where true on conflict ("isbn") do )"
            R"(update set "title" = excluded."title", "updated_at" = excluded."updated_at" returning "id")",
            insert_into<Book>(books::isbn, books::title)
                .from(select(shelves::code, shelves::name).from<Shelf>())
                .on_conflict(books::isbn)
                .update(books::title)
                .returning(books::id));
FORGE_TEXTS(R"(insert into "shelves" ("code", "name", "depth") select "books"."isbn", "books"."title", )"
            R"("shelves"."depth" + ? from "books" join "shelves" on "books"."shelf_id" = "shelves"."id" where )"
            R"("books"."score" > ? returning "id", "code", "name", "parent_id", "depth")",
            R"(insert into "shelves" ("code", "name", "depth") select "books"."isbn", "books"."title", )"
            R"("shelves"."depth" + $1 from "books" join "shelves" on "books"."shelf_id" = "shelves"."id" where )"
            R"("books"."score" > $2 returning "id", "code", "name", "parent_id", "depth")",
            insert_into<Shelf>(shelves::code, shelves::name, shelves::depth)
                .from(select(books::isbn, books::title, shelves::depth + 1)
                          .from<Book>()
                          .join<Shelf>(books::shelf_id == shelves::id)
                          .where(books::score > 3))
                .returning());
FORGE_TEXTS(R"(insert into "shelves" ("code", "name", "depth") select "code", "name", "depth" from "shelves" )"
            R"(where true on conflict ("code") do nothing)",
            R"(insert into "shelves" ("code", "name", "depth") select "code", "name", "depth" from "shelves" )"
            R"(where true on conflict ("code") do nothing)",
            insert_into<Shelf>(shelves::code, shelves::name, shelves::depth)
                .from(select(shelves::code, shelves::name, shelves::depth).from<Shelf>())
                .on_conflict(shelves::code)
                .do_nothing());
FORGE_TEXTS(R"(insert into "books" ("id", "isbn", "title", "shelf_id", "tags", "score", "status", )"
            R"("created_at", "updated_at") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict ("isbn") do update )"
            R"(set "score" = "books"."score" + excluded."score", "title" = excluded."title", "updated_at" = )"
            R"(excluded."updated_at" where "books"."score" < excluded."score" and "books"."score" > ? )"
            R"(returning "id")",
            R"(insert into "books" ("id", "isbn", "title", "shelf_id", "tags", "score", "status", )"
            R"("created_at", "updated_at") values (coalesce($1, nextval(pg_get_serial_sequence('"books"', )"
            R"('id'))), $2, $3, $4, $5, $6, $7, $8, $9) on conflict ("isbn") do update set "score" = )"
            R"("books"."score" + excluded."score", "title" = excluded."title", "updated_at" = )"
            R"(excluded."updated_at" where "books"."score" < excluded."score" and "books"."score" > $10 )"
            R"(returning "id")",
            insert(NewBook{.isbn = "1", .title = "a"})
                .on_conflict(books::isbn)
                .set(books::score = books::score + excluded(books::score), books::title = excluded(books::title))
                .where(books::score<excluded(books::score) && books::score> 3)
                .returning(books::id));
FORGE_TEXTS(R"(insert into "books" ("id", "isbn", "title", "shelf_id", "tags", "score", "status", )"
            R"("created_at", "updated_at") select c0, c1, c2, c3, c4, c5, c6, c7, c8 from forge_span(?) where )"
            R"(true on conflict ("isbn") do update set "score" = excluded."score", "updated_at" = )"
            R"(excluded."updated_at")",
            R"(insert into "books" ("id", "isbn", "title", "shelf_id", "tags", "score", "status", )"
            R"("created_at", "updated_at") select coalesce(c0, nextval(pg_get_serial_sequence('"books"', )"
            R"('id'))), c1, c2, c3, c4, c5, c6, c7, c8 from unnest($1::bigint[], $2::text[], $3::text[], )"
            R"($4::bigint[], $5::jsonb[], $6::double precision[], $7::text[], $8::timestamptz[], )"
            R"($9::timestamptz[]) as new_rows(c0, c1, c2, c3, c4, c5, c6, c7, c8) where true on conflict )"
            R"(("isbn") do update set "score" = excluded."score", "updated_at" = excluded."updated_at")",
            insert(more).on_conflict(books::isbn).set(books::score = excluded(books::score)));
FORGE_TEXTS(R"(insert into "members" ("id", "email", "name", "active", "joined_on", "balance", "settings", )"
            R"("photo", "card", "created_at", "updated_at") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on )"
            R"(conflict ("card") where "card" is not null do nothing)",
            R"(insert into "members" ("id", "email", "name", "active", "joined_on", "balance", "settings", )"
            R"("photo", "card", "created_at", "updated_at") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, )"
            R"($11) on conflict ("card") where "card" is not null do nothing)",
            insert(NewMember{.email = "e", .name = "n", .joined_on = date{}})
                .on_conflict(index_on(members::card).where(members::card.is_not_null()))
                .do_nothing());
FORGE_TEXTS(R"(delete from "book_authors" where ("book_id", "author_id") in (select c0, c1 from forge_span(?)) )"
            R"(and "position" > ? returning "book_id", "author_id", "position", "role")",
            R"(delete from "book_authors" where ("book_id", "author_id") in (select * from )"
            R"(unnest($1::bigint[], $2::bigint[])) and "position" > $3 returning "book_id", "author_id", )"
            R"("position", "role")",
            remove<BookAuthor>().where(key_in<BookAuthor>(keys) && book_authors::position > 0).returning());
FORGE_TEXTS(R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" where "id" in (select c0 from forge_span(?)))",
            R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" where "id" = any($1))",
            select<Book>().where(key_in<Book>(std::vector<BookId>{})));
FORGE_TEXTS(R"(select "book_id", "author_id", "position", "role" from "book_authors" where ("book_id", )"
            R"("author_id") in (select "books"."id", "authors"."id" from "books" cross join "authors"))",
            R"(select "book_id", "author_id", "position", "role" from "book_authors" where ("book_id", )"
            R"("author_id") in (select "books"."id", "authors"."id" from "books" cross join "authors"))",
            select<BookAuthor>().where(row_value(book_authors::book_id, book_authors::author_id)
                                           .in(select(books::id, authors::id).from<Book>().cross_join<Author>())));
FORGE_TEXTS(R"(update "books" set "score" = new_rows.c1, "updated_at" = ? from forge_span(?) as new_rows where )"
            R"("books"."id" = new_rows.c0)",
            R"(update "books" set "score" = new_rows.c1, "updated_at" = $1 from unnest($2::bigint[], )"
            R"($3::double precision[]) as new_rows(c0, c1) where "books"."id" = new_rows.c0)",
            update_each(scores).by(books::id).set(books::score));
FORGE_TEXTS(R"(update "books" set "title" = coalesce(new_rows.c1, "books"."title"), "score" = case when )"
            R"(new_rows.c4 then new_rows.c2 else "books"."score" end, "shelf_id" = new_rows.c3, "updated_at" = )"
            R"(? from forge_span(?) as new_rows where "books"."isbn" = new_rows.c0 and "books"."score" > ? and )"
            R"("books"."title" <> ? returning "books"."id")",
            R"(update "books" set "title" = coalesce(new_rows.c1, "books"."title"), "score" = case when )"
            R"(new_rows.c4 then new_rows.c2 else "books"."score" end, "shelf_id" = new_rows.c3, "updated_at" = )"
            R"($1 from unnest($2::text[], $3::text[], $4::double precision[], $5::bigint[], $6::boolean[]) as )"
            R"(new_rows(c0, c1, c2, c3, c4) where "books"."isbn" = new_rows.c0 and "books"."score" > $7 and )"
            R"("books"."title" <> $8 returning "books"."id")",
            update_each(k)
                .by(books::isbn)
                .set(books::title, books::score, books::shelf_id)
                .where(books::score > 0 && books::title != "")
                .returning(books::id));
FORGE_TEXTS(R"(update "books" set "title" = new_rows.c1, "updated_at" = new_rows.c2 from forge_span(?) as )"
            R"(new_rows where "books"."id" = new_rows.c0 returning "books"."id", "books"."isbn", )"
            R"("books"."title", "books"."shelf_id", "books"."tags", "books"."score", "books"."status", )"
            R"("books"."created_at", "books"."updated_at")",
            R"(update "books" set "title" = new_rows.c1, "updated_at" = new_rows.c2 from unnest($1::bigint[], )"
            R"($2::text[], $3::timestamptz[]) as new_rows(c0, c1, c2) where "books"."id" = new_rows.c0 )"
            R"(returning "books"."id", "books"."isbn", "books"."title", "books"."shelf_id", "books"."tags", )"
            R"("books"."score", "books"."status", "books"."created_at", "books"."updated_at")",
            update_each(whole).set(books::title, books::updated_at).returning());
FORGE_TEXTS(R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" limit ?)",
            R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at" )"
            R"(from "books" limit $1 for update skip locked)",
            for_update(select<Book>().limit(1)).skip_locked());
FORGE_TEXTS(R"(select "name" from "shelves" where "id" = ?)",
            R"(select "name" from "shelves" where "id" = $1 for share nowait)",
            for_share(select(shelves::name).from<Shelf>().where(shelves::id == ShelfId{1})).no_wait());
FORGE_TEXTS(R"(explain query plan select "id", "isbn", "title", "shelf_id", "tags", "score", "status", )"
            R"("created_at", "updated_at" from "books" where "isbn" = ?)",
            R"(explain select "id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", )"
            R"("updated_at" from "books" where "isbn" = $1)",
            explain(select<Book>().where(books::isbn == "1")));

// Without a table, and in no order.
FORGE_TEXTS(
    R"(select exists (select 1 from "loans" where "loans"."number" > ?), ? from (select 1) as "no_table")",
    R"(select exists (select 1 from "loans" where "loans"."number" > $1), $2::bigint from (select 1) as "no_table")",
    select(val(exists(select<Loan>().where(loans::number > 3))), val(7)).from(no_table));
FORGE_TEXTS(R"(insert into "shelves" ("code", "name", "depth") select new_rows.*, ? from (select ?, ? from (select 1) )"
            R"(as "no_table" where not exists (select 1 from "shelves" where "shelves"."code" = ?)) as new_rows)",
            R"(insert into "shelves" ("code", "name", "depth") select new_rows.*, $1::bigint from (select $2::text, )"
            R"($3::text from (select 1) as "no_table" where not exists (select 1 from "shelves" where )"
            R"("shelves"."code" = $4)) as new_rows)",
            insert_into<Shelf>(shelves::code, shelves::name)
                .from(select(val("E"), val("Echoes"))
                          .from(no_table)
                          .where(!exists(select<Shelf>().where(shelves::code == "E")))));
FORGE_TEXTS(R"(select "title" from "books" order by "score" desc nulls last, random() limit ?)",
            R"(select "title" from "books" order by "score" desc nulls last, random() limit $1)",
            select(books::title).from<Book>().order_by(books::score.desc(), random_order()).limit(3));

}  // namespace
