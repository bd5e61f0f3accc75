// expect: forge_db: cast<std::int64_t>() requires a number, a decimal, a bool, an id or text
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/cast.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return cast<std::int64_t>(samples::data); }
