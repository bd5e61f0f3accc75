// expect only: forge_db: where() requires no window function; select it by a name in a derived table, and narrow that
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return select<Sample>().where(rank().over(order_by(samples::whole.asc())) < 3); }
