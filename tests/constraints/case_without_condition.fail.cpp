// expect: forge_db: case_when() requires a condition; compare a column with a value
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return case_when(samples::flag, 1); }
