// expect: forge_db: join() requires a table that is not in the statement yet; give it an alias
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

constexpr alias<Shelf, "above"> above;
auto joined() { return select<Shelf>().join<Shelf>(shelves::parent_id == shelves::id); }
