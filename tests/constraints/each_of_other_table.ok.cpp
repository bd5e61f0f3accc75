// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/json_functions.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return select<Sample>().cross_join(each<"tag">(samples::tags)); }
