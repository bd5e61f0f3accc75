// SPDX-License-Identifier: MIT
#include "sql/sql_of.hpp"

#include <library/models.hpp>

#include <string>
#include <vector>

namespace {

using namespace forge_db;
using namespace library;

#define SHELF_COLUMNS R"("id", "code", "name", "parent_id", "depth")"

// insert: one row. PostgreSQL has to be asked for a key, SQLite takes NULL for "assign one".
using insert_shelf = decltype(insert(std::declval<NewShelf>()));
static_assert(sqlite_of<insert_shelf> == R"(insert into "shelves" ()" SHELF_COLUMNS ") values (?, ?, ?, ?, ?)");
static_assert(postgres_of<insert_shelf> ==
              R"(insert into "shelves" ()" SHELF_COLUMNS
              R"() values (coalesce($1, nextval(pg_get_serial_sequence('"shelves"', 'id'))), $2, $3, $4, $5))");
static_assert(std::same_as<insert_shelf, decltype(insert(std::declval<NewShelf const&>()))>);

using insert_row = decltype(insert(std::declval<Shelf const&>()));
static_assert(postgres_of<insert_row> == R"(insert into "shelves" ()" SHELF_COLUMNS ") values ($1, $2, $3, $4, $5)");

static_assert(sqlite_of<decltype(std::declval<insert_shelf>().returning())> ==
              R"(insert into "shelves" ()" SHELF_COLUMNS ") values (?, ?, ?, ?, ?) returning " SHELF_COLUMNS);
static_assert(sqlite_of<decltype(std::declval<insert_shelf>().returning(shelves::id))> ==
              R"(insert into "shelves" ()" SHELF_COLUMNS R"() values (?, ?, ?, ?, ?) returning "id")");

// insert: a span of rows as one parameter.
using insert_shelves = decltype(insert(std::declval<std::vector<NewShelf> const&>()));
static_assert(sqlite_of<insert_shelves> == R"(insert into "shelves" ()" SHELF_COLUMNS
                                           ") select c0, c1, c2, c3, c4 from forge_span(?)");
static_assert(
    postgres_of<insert_shelves> ==
    R"(insert into "shelves" ()" SHELF_COLUMNS
    R"() select coalesce(c0, nextval(pg_get_serial_sequence('"shelves"', 'id'))), c1, c2, c3, c4 from )"
    "unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[]) as new_rows(c0, c1, c2, c3, c4)");

// on conflict; from a select, SQLite needs a where before it.
static_assert(sqlite_of<decltype(std::declval<insert_shelf>().on_conflict(shelves::code).update(shelves::name))> ==
              R"(insert into "shelves" ()" SHELF_COLUMNS
              R"() values (?, ?, ?, ?, ?) on conflict ("code") do update set "name" = excluded."name")");
static_assert(sqlite_of<decltype(std::declval<insert_shelves>().on_conflict(shelves::code).do_nothing())> ==
              R"(insert into "shelves" ()" SHELF_COLUMNS
              R"() select c0, c1, c2, c3, c4 from forge_span(?) where true on conflict ("code") do nothing)");
static_assert(sqlite_of<decltype(std::declval<insert_shelf>().on_conflict().do_nothing().returning(shelves::id))> ==
              R"(insert into "shelves" ()" SHELF_COLUMNS
              R"() values (?, ?, ?, ?, ?) on conflict do nothing returning "id")");
using insert_member = decltype(insert(std::declval<NewMember>()).on_conflict(members::email).update(members::name));
static_assert(sqlite_of<insert_member>.ends_with(
    R"( on conflict ("email") do update set "name" = excluded."name", "updated_at" = excluded."updated_at")"));

// update: columns with `on_update: now` come along, unless they are assigned.
using set_name = decltype(update<Shelf>().set(shelves::name = std::string(), shelves::parent_id = null));
static_assert(sqlite_of<decltype(std::declval<set_name>().where(shelves::id == ShelfId{1}))> ==
              R"(update "shelves" set "name" = ?, "parent_id" = null where "id" = ?)");
static_assert(postgres_of<decltype(std::declval<set_name>().all_rows().returning())> ==
              R"(update "shelves" set "name" = $1, "parent_id" = null returning )" SHELF_COLUMNS);
static_assert(sqlite_of<decltype(update<Book>().set(books::score = std::optional<double>()).all_rows())> ==
              R"(update "books" set "score" = ?, "updated_at" = ?)");
static_assert(sqlite_of<decltype(update<Book>().set(books::updated_at = books::created_at).all_rows())> ==
              R"(update "books" set "updated_at" = "created_at")");

// remove
static_assert(sqlite_of<decltype(remove<Book>().where(books::id == BookId{7}))> ==
              R"(delete from "books" where "id" = ?)");
static_assert(postgres_of<decltype(remove<Book>().all_rows().returning(books::id))> ==
              R"(delete from "books" returning "id")");

}  // namespace
