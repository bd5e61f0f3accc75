// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/math.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return -samples::whole; }
