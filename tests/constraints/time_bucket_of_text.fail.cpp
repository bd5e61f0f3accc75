// expect: forge_db: time_bucket() requires a column or expression that is a timestamp or a date
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/time_bucket.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return time_bucket<bucket::day>(samples::word); }
