// expect: forge_db: assignment of what can be NULL requires a nullable column; coalesce() it
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return update<Shelf>().set(shelves::depth = shelves::depth / 2); }
