// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() {
  return sql<dialect::sqlite>(
      select(samples::whole, sum(samples::whole).over()).from<Sample>().group_by(samples::whole));
}
