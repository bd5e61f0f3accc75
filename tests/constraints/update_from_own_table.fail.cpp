// expect: forge_db: from() requires another table than the updated one; give it an alias
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/update_from.hpp>

using namespace forge_db;
using namespace library;

constexpr alias<Shelf, "above"> above;
auto statement() { return update<Shelf>().from<Shelf>(shelves::parent_id == shelves::id); }
