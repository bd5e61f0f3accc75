// expect: forge_db: where() requires no window function; select the keys of such rows, and take them by in()
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return remove<Sample>().where(rank().over(order_by(samples::whole.asc())) < 3); }
