// expect: forge_db: add_months() requires a timestamp or a date, and an integer
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/time.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return add_months(moments::day, 0.5); }
