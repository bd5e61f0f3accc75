// expect: forge_db: extract() of a date requires a part of the calendar; a date has no hours
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/time.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return extract<time_part::hour>(moments::day); }
