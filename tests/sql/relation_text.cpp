// SPDX-License-Identifier: MIT
// The statements that load relations and write links.
#include "sql/sql_of.hpp"

#include <library/books_relations.hpp>
#include <library/shelves_relations.hpp>

namespace {

using namespace forge_db;
using namespace library;

template <dialect D, class Query>
constexpr std::string_view loading(Query const&) {
  using query = detail::load_of<Query>;
  return sql_text<detail::relation_statement<typename query::tag, typename query::where_type,
                                             typename query::order_type, typename query::limit_type>,
                  D>;
}
template <dialect D, class Count>
constexpr std::string_view counting(Count const& count) {
  using where = std::remove_cvref_t<decltype(count.condition())>;
  return sql_text<detail::relation_count_statement<typename Count::tag, where>, D>;
}

// clang-format off
#define LOANS R"("loans"."id", "loans"."book_id", "loans"."member_id", "loans"."status", "loans"."lent_at", )" \
              R"("loans"."due_on", "loans"."returned_at", "loans"."number")"
#define SHELVES R"("shelves"."id", "shelves"."code", "shelves"."name", "shelves"."parent_id", "shelves"."depth")"
#define AUTHORS R"("authors"."id", "authors"."name", "authors"."born_on", "authors"."about")"
#define BOOK_AUTHORS R"("book_authors"."book_id", "book_authors"."author_id", "book_authors"."position", "book_authors"."role")"
// clang-format on

// To many rows: by key, or in the order that was said and then by key.
static_assert(loading<dialect::sqlite>(books::loans) ==
              "select " LOANS R"(, _parents.rowid from forge_span(?) as _parents )"
              R"(cross join "loans" on "loans"."book_id" = _parents.c0 order by "loans"."id")");
static_assert(loading<dialect::postgres>(books::loans) ==
              "select " LOANS
              R"(, _parents.position - 1 from unnest($1::bigint[]) with ordinality as _parents(c0, position) )"
              R"(join "loans" on "loans"."book_id" = _parents.c0 order by "loans"."id")");
constexpr auto out = books::loans.where(loans::returned_at.is_null()).order_by(loans::due_on.desc());
static_assert(loading<dialect::sqlite>(out) ==
              "select " LOANS R"(, _parents.rowid from forge_span(?) as _parents )"
              R"(cross join "loans" on "loans"."book_id" = _parents.c0 )"
              R"(where "loans"."returned_at" is null order by "loans"."due_on" desc, "loans"."id")");

// To one row: no order.
static_assert(loading<dialect::sqlite>(books::shelf) == "select " SHELVES
                                                        R"(, _parents.rowid from forge_span(?) as _parents )"
                                                        R"(cross join "shelves" on "shelves"."id" = _parents.c0)");
static_assert(loading<dialect::sqlite>(shelves::parent) == loading<dialect::sqlite>(books::shelf));
static_assert(loading<dialect::sqlite>(shelves::children) ==
              "select " SHELVES R"(, _parents.rowid from forge_span(?) as _parents )"
              R"(cross join "shelves" on "shelves"."parent_id" = _parents.c0 order by "shelves"."id")");

// A condition with several parts stays one; the order of saying does not matter.
constexpr auto either = books::loans.where(loans::number == 1 || loans::number == 2);
static_assert(loading<dialect::postgres>(either).ends_with(
    R"(on "loans"."book_id" = _parents.c0 where ("loans"."number" = $2 or "loans"."number" = $3) order by "loans"."id")"));
static_assert(std::same_as<decltype(books::loans.limit(1).where(loans::number == 1)),
                           decltype(books::loans.where(loans::number == 1).limit(1))>);

// A limit for each parent numbers its rows.
static_assert(
    loading<dialect::sqlite>(out.limit(3)) ==
    "select * from (select " LOANS R"(, _parents.rowid as _position, )"
    R"(row_number() over (partition by _parents.rowid order by "loans"."due_on" desc, "loans"."id") as _number )"
    R"(from forge_span(?) as _parents cross join "loans" on "loans"."book_id" = _parents.c0 )"
    R"(where "loans"."returned_at" is null) as _numbered where _number <= ? order by _number)");

// By way of a link table, whose columns come, too.
constexpr auto first_authors = books::authors.where(book_authors::position < 2).order_by(book_authors::position.asc());
static_assert(loading<dialect::sqlite>(first_authors) ==
              "select " AUTHORS ", " BOOK_AUTHORS R"(, _parents.rowid from forge_span(?) as _parents )"
              R"(cross join "book_authors" on "book_authors"."book_id" = _parents.c0 )"
              R"(cross join "authors" on "authors"."id" = "book_authors"."author_id" )"
              R"(where "book_authors"."position" < ? order by "book_authors"."position", "authors"."id")");

// Counts: no rows are read, and the parents' span comes behind the values of the condition.
static_assert(counting<dialect::sqlite>(count_of(books::loans)) ==
              R"(select (select count(*) from "loans" where "loans"."book_id" = _parents.c0), _parents.rowid )"
              R"(from forge_span(?) as _parents)");
static_assert(
    counting<dialect::postgres>(count_of(books::authors.where(book_authors::position < 2))) ==
    R"(select (select count(*) from "book_authors" join "authors" on "authors"."id" = "book_authors"."author_id" )"
    R"(where "book_authors"."book_id" = _parents.c0 and "book_authors"."position" < $1), _parents.position - 1 )"
    R"(from unnest($2::bigint[]) with ordinality as _parents(c0, position))");
static_assert(counting<dialect::sqlite>(count_of(either))
                  .find(R"(= _parents.c0 and ("loans"."number" = ? or "loans"."number" = ?)))") !=
              std::string_view::npos);

// Links are added where they are missing; the others' keys are one span, with what the link's defaults are.
using add_links = detail::link_statement<books::authors_t>;
static_assert(sql_text<add_links, dialect::sqlite> ==
              R"(insert into "book_authors" ("book_id", "author_id", "position") select ?, c0, c1 from forge_span(?) )"
              R"(where true on conflict ("book_id", "author_id") do nothing)");
static_assert(sql_text<add_links, dialect::postgres> ==
              R"(insert into "book_authors" ("book_id", "author_id", "position") select $1, c0, c1 )"
              R"(from unnest($2::bigint[], $3::bigint[]) as _others(c0, c1) )"
              R"(where true on conflict ("book_id", "author_id") do nothing)");
static_assert(sql_text<detail::unlink_statement<books::authors_t, false>, dialect::sqlite> ==
              R"(delete from "book_authors" where "book_id" = ? and ("author_id") in (select c0 from forge_span(?)))");
static_assert(sql_text<detail::unlink_statement<books::authors_t, true>, dialect::postgres> ==
              R"(delete from "book_authors" where "book_id" = $1 and ("author_id") not in )"
              R"((select c0 from unnest($2::bigint[]) as _others(c0)))");

}  // namespace
