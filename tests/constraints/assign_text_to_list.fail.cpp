// expect: forge_db: assignment to a list requires the whole list, as std::vector<std::string>; json_append()
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto tagged() { return books::tags = "sea"; }
