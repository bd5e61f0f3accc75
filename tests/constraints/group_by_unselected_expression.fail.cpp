// expect: forge_db: group_by() requires its expressions to be selected; select them, or group by columns
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto grouped() { return select(count()).from<Shelf>().group_by(shelves::depth % 2); }
