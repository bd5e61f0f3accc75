// expect: forge_db: is_distinct_from() and is_not_distinct_from() require a column or an expression first
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/distinctness.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto made() { return is_distinct_from("Sea", books::title); }
