// expect: forge_db: assignment requires an expression of the column's type; cast it
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return update<Shelf>().set(shelves::name = shelves::depth * 2); }
