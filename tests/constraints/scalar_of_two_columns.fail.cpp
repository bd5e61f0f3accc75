// expect: forge_db: scalar() requires a select of one column; leave the others out
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return scalar(select(books::id, books::title).from<Book>()); }
