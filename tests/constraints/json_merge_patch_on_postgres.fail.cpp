// expect: json_merge_patch_is_not_supported_on_postgres
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/json_functions.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return sql<dialect::postgres>(select(json_merge_patch(samples::data, samples::data)).from<Sample>()); }
