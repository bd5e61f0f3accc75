// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/row_lock.hpp>

using namespace forge_db;
using namespace library;

auto locked() { return for_share(select<Book>().join<Shelf>(books::shelf_id == shelves::id)); }
