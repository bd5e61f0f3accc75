// expect: forge_db: group_by() requires no aggregate among its terms
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto grouped() { return select(count()).from<Shelf>().group_by(count()); }
