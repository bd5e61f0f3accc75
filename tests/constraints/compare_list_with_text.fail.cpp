// expect: forge_db: comparison of a list requires a list, as std::vector<std::string>; say column.has(item)
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto tagged() { return books::tags == "sea"; }
