// expect: forge_db: range_between() requires bounds that are unbounded or the current row
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return range_between(preceding<1>, current_row); }
