// expect: forge_db: scalar() requires a select; say from which table
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return scalar(select(books::title)); }
