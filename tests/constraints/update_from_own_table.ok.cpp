// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/update_from.hpp>

using namespace forge_db;
using namespace library;

constexpr alias<Shelf, "above"> above;
auto statement() { return update<Shelf>().from(above, shelves::parent_id == above[shelves::id]); }
