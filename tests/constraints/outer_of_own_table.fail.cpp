// expect: forge_db: outer() requires a table that its own statement does not select from; give one of them an alias
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

constexpr alias<Book, "other"> other;
auto statement() { return select<Book>().where(books::title == outer(books::title)); }
