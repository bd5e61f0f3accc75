// expect: forge_db: time_bucket() of a date requires a bucket of a day or more; a date has no hours
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/time_bucket.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return time_bucket<bucket::hour>(moments::day); }
