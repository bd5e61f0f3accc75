// expect: forge_db: comparison requires both sides to be of one type; convert the value, or cast one side
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto more() { return books::score * 2 > "5"; }
