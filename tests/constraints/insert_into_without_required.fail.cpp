// expect: forge_db: insert_into() requires the columns that have no default, and keys that the database does not give;
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/insert_select.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return insert_into<Shelf>(shelves::code); }
