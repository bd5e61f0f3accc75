// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/distinct_aggregate.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return sum_distinct(samples::whole); }
