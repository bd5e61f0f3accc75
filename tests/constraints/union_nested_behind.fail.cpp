// expect: forge_db: a set operation requires another one to be its first operand; put it there, or in a derived table
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/set_operation.hpp>

using namespace forge_db;
using namespace library;

constexpr auto some = select(books::title).from<Book>();
auto statement() { return union_(some, intersect(some, some)); }
