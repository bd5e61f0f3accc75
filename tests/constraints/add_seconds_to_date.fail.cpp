// expect: forge_db: add_seconds() requires a timestamp; add_days() moves a date
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/time.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return add_seconds(moments::day, 1); }
