// expect: forge_db: join() requires an inner, left or cross join for a list's items; PostgreSQL has no other
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/json_functions.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return select<Sample>().full_join(each<"tag">(samples::tags), each<"tag">(samples::tags).key == 0); }
