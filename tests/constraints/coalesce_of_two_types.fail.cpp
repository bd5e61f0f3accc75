// expect: forge_db: coalesce() requires operands of one type; convert the value, or cast one
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return coalesce(samples::note, 0); }
