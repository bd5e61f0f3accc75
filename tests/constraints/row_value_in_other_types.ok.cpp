// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/row_value.hpp>

using namespace forge_db;
using namespace library;

std::vector<std::tuple<BookId, AuthorId>> const keys;
auto statement() { return row_value(book_authors::book_id, book_authors::author_id).in(keys); }
