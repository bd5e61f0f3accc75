// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return remove<Sample>().where(samples::whole < 3); }
