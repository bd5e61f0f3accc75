// expect: forge_db: json_get() requires std::string, std::int64_t, double, bool or forge_db::json as its type
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/json_functions.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return json_get<float, "$.a">(samples::data); }
