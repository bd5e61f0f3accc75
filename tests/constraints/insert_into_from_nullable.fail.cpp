// expect: forge_db: insert_into() requires values of its columns' types, and none that can be NULL for one that cannot
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/insert_select.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return insert_into<Author>(authors::name).from(select(book_authors::role).from<BookAuthor>()); }
