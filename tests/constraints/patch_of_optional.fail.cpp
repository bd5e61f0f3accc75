// expect only: forge_db: a patch requires a value or forge_db::null, and no std::optional; say or_null(optional)
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

using namespace forge_db;
using namespace library;

void move(BookPatch& change, std::optional<ShelfId> shelf) { change.shelf_id = shelf; }
