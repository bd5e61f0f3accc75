// expect: forge_db: for_update() and for_share() require a select of rows as they are; leave distinct(), groups
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/row_lock.hpp>

using namespace forge_db;
using namespace library;

auto locked() { return for_share(select<Book>().left_join<Shelf>(books::shelf_id == shelves::id)); }
