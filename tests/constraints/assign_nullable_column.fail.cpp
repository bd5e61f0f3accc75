// expect: forge_db: assignment requires a value of the column's type; convert it
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto assigned() { return members::joined_on = authors::born_on; }
