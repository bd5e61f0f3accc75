// expect: forge_db: in() of several columns requires a contiguous sequence of tuples or structs with a value for each,
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/row_value.hpp>

using namespace forge_db;
using namespace library;

std::vector<std::tuple<BookId, AuthorId>> const keys;
auto statement() { return row_value(book_authors::author_id, book_authors::book_id).in(keys); }
