// expect: forge_db: is_distinct_from() requires a column or an expression first; put the value second
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/distinctness.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto made() { return is_distinct_from("Sea", books::title); }
