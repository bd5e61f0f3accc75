// SPDX-License-Identifier: MIT
#include "sql/sql_of.hpp"

#include <library/models.hpp>

namespace {

using namespace forge_db;
using namespace library;

// clang-format off
#define BOOK_COLUMNS R"("id", "isbn", "title", "shelf_id", "tags", "score", "status", "created_at", "updated_at")"
// clang-format on

static_assert(sql<dialect::sqlite>(select<Book>()) == "select " BOOK_COLUMNS R"( from "books")");
static_assert(sql<dialect::postgres>(select<Book>()) == "select " BOOK_COLUMNS R"( from "books")");
static_assert(sql_text<decltype(select<Book>()), dialect::sqlite>.data()[sql<dialect::sqlite>(select<Book>()).size()] ==
              '\0');

// Projections.
static_assert(sql<dialect::sqlite>(select(books::title).from<Book>()) == R"(select "title" from "books")");
static_assert(sql<dialect::sqlite>(select(books::title, books::score).from<Book>()) ==
              R"(select "title", "score" from "books")");
static_assert(sql<dialect::sqlite>(select(count()).from<Book>()) == R"(select count(*) from "books")");
static_assert(sql<dialect::sqlite>(select(count()).from<Book>().where(books::score > 7.5)) ==
              R"(select count(*) from "books" where "score" > ?)");

// The whole statement, with its clauses in any order of saying.
constexpr auto page = select(books::id)
                          .from<Book>()
                          .where(books::score > 7.5 && books::id != BookId{3})
                          .order_by(books::created_at.desc(), books::score.asc())
                          .limit(20)
                          .offset(40);
static_assert(sql<dialect::sqlite>(page) == R"(select "id" from "books" where "score" > ? and "id" <> ? )"
                                            R"(order by "created_at" desc, "score" nulls first limit ? offset ?)");
static_assert(sql<dialect::postgres>(page) == R"(select "id" from "books" where "score" > $1 and "id" <> $2 )"
                                              R"(order by "created_at" desc, "score" nulls first limit $3 offset $4)");
constexpr auto page_said_backwards = select(books::id)
                                         .from<Book>()
                                         .offset(40)
                                         .limit(20)
                                         .order_by(books::created_at.desc(), books::score.asc())
                                         .where(books::score > 7.5 && books::id != BookId{3});
static_assert(std::same_as<decltype(page), decltype(page_said_backwards)>);

// NULLs have a place where there can be any, and it is the same on both dialects.
static_assert(sql<dialect::sqlite>(select(books::id).from<Book>().order_by(books::title.asc())) ==
              R"(select "id" from "books" order by "title")");
static_assert(sql<dialect::postgres>(select(books::id).from<Book>().order_by(books::score.desc())) ==
              R"(select "id" from "books" order by "score" desc nulls last)");
static_assert(sql<dialect::postgres>(select(books::id).from<Book>().order_by(books::score.desc().nulls_first())) ==
              R"(select "id" from "books" order by "score" desc nulls first)");
static_assert(sql<dialect::sqlite>(select(books::id).from<Book>().order_by(books::score.asc().nulls_last())) ==
              R"(select "id" from "books" order by "score" nulls last)");

// SQLite has no offset without a limit.
static_assert(sql<dialect::sqlite>(select(books::id).from<Book>().offset(5)) ==
              R"(select "id" from "books" limit -1 offset ?)");
static_assert(sql<dialect::postgres>(select(books::id).from<Book>().offset(5)) ==
              R"(select "id" from "books" offset $1)");

}  // namespace
