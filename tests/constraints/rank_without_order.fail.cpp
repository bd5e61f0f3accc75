// expect: forge_db: over() requires order_by() for a function that depends on the order; say which row is first
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return rank().over(partition_by(samples::whole)); }
