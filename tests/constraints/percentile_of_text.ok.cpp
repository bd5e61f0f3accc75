// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/percentile.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return percentile_cont(0.5, samples::real); }
