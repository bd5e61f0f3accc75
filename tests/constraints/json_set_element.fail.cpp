// expect: forge_db: a change of JSON requires a path that ends in a name; json_append() adds to an array
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/json_functions.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return json_set<"$.a[0]">(samples::data, 1); }
