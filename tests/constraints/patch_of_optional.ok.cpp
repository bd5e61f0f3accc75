// SPDX-License-Identifier: MIT
#include <library/models.hpp>

using namespace forge_db;
using namespace library;

void move(BookPatch& change, std::optional<ShelfId> shelf) { change.shelf_id = or_null(shelf); }
