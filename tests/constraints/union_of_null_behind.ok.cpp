// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/set_operation.hpp>

using namespace forge_db;
using namespace library;

constexpr auto of_books = select(books::shelf_id).from<Book>();
constexpr auto of_shelves = select(shelves::id).from<Shelf>();
auto statement() { return union_(of_books, of_shelves); }
