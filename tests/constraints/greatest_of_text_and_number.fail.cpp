// expect: forge_db: greatest() requires a column or an expression, and a value of its type
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return greatest(samples::word, 1); }
