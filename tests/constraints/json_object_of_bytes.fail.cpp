// expect: forge_db: JSON requires text, numbers, bools, enums, uuids, dates as text, or JSON; cast what is none
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/json_functions.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return json_object<"a">(samples::content); }
