// expect: forge_db: filter() requires a condition on rows; conditions on aggregates belong to having()
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto some() { return count().filter(count() > 1); }
