// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto grouped() { return select(shelves::depth % 2, count()).from<Shelf>().group_by(shelves::depth % 2); }
