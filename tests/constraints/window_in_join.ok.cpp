// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto made() { return select<Book>().join<Shelf>(books::shelf_id == shelves::id); }
