// expect: forge_db: from() of an update requires <forge_db/query/update_from.hpp>; include it
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return update<Book>().from<Shelf>(books::shelf_id == shelves::id); }
