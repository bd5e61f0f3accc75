// expect: forge_db: otherwise() requires a value of the case's type; convert the value, or cast it
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return case_when(samples::whole > 1, samples::word).otherwise(0); }
