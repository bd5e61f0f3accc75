// expect: forge_db: now_like() requires a column or expression that is a timestamp or a date
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/time.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return now_like(samples::word); }
