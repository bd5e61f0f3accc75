// expect: forge_db: an aggregate requires its operands to be of one row; aggregate in a derived table first
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto nested() { return sum(count()); }
