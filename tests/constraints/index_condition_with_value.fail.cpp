// expect: forge_db: the condition of an index requires to have no values, which the database would not compare with th
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/partial_index.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return index_on(members::card).where(members::active == true); }
