// expect: forge_db: join() requires to be said before where(), group_by() and order_by()
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto joined() { return select<Book>().where(books::score > 1.0).join<Shelf>(books::shelf_id == shelves::id); }
