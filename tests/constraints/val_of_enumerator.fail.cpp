// expect: forge_db: val() requires a number, text, a bool or a condition; say val_like(column, value) for what a column
// of its type stores SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return val(grade::low); }
