// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/update_from.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return update<Book>().from<Shelf>(books::shelf_id == shelves::id); }
