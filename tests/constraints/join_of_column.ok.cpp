// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

constexpr alias<Shelf, "above"> above;
auto joined() { return select<Shelf>().join(above, shelves::parent_id == above[shelves::id]); }
