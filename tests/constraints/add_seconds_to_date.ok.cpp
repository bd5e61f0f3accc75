// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/time.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return add_seconds(moments::plain, 1); }
