// expect: forge_db: case_when() requires a column, an expression, a number or text; say val_like(column, value)
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return case_when(samples::flag == true, grade::low); }
