// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/repository/library_database.hpp"

#include <library/models.hpp>

#include <forge_db/query/query.hpp>

#include <chrono>
#include <string>
#include <tuple>
#include <vector>

namespace tests {

/// Shelves 1 top > 2 mid > 3 low, 1 > 4 empty; books a and b on 2, c on 3, d on none, with scores 2, 4, none, 9; a was
/// lent twice and is out, c once and is back.
inline forge_db::sqlite::database lent_books() {
  using namespace library;
  auto db = library_database();
  db.write([](auto& session) {
    session.execute(forge_db::insert(std::vector<NewShelf>{
        {.code = "top", .name = "Top"},
        {.code = "mid", .name = "Middle", .parent_id = ShelfId{1}, .depth = 1},
        {.code = "low", .name = "Low", .parent_id = ShelfId{2}, .depth = 2},
        {.code = "empty", .name = "Empty", .parent_id = ShelfId{1}, .depth = 1},
    }));
    session.execute(forge_db::insert(std::vector<NewBook>{
        {.isbn = "1", .title = "a", .shelf_id = ShelfId{2}, .score = 2.0},
        {.isbn = "2", .title = "b", .shelf_id = ShelfId{2}, .score = 4.0},
        {.isbn = "3", .title = "c", .shelf_id = ShelfId{3}, .score = forge_db::null},
        {.isbn = "4", .title = "d", .score = 9.0},
    }));
    Member const member =
        session.one(forge_db::insert(NewMember{.email = "m@example.org",
                                               .name = "M",
                                               .joined_on = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}})
                        .returning());
    auto const loan = [&](BookId book, loan_status status) {
      session.execute(forge_db::insert(NewLoan{.book_id = book,
                                               .member_id = member.id,
                                               .status = status,
                                               .due_on = std::chrono::sys_days{std::chrono::year{2026} / 2 / 1}}));
    };
    loan(BookId{1}, loan_status::returned);
    loan(BookId{1}, loan_status::open);
    loan(BookId{3}, loan_status::returned);
  });
  return db;
}

template <class Query>
auto rows_of(forge_db::sqlite::database& db, Query const& query) {
  return db.read([&](auto& session) { return session.all(query); });
}

/// The rows of a query of one column.
template <class Query>
auto values_of(forge_db::sqlite::database& db, Query const& query) {
  std::vector<std::tuple_element_t<0, typename Query::row_type>> values;
  for (auto& row : rows_of(db, query)) values.push_back(std::get<0>(row));
  return values;
}

using texts = std::vector<std::string>;

}  // namespace tests
