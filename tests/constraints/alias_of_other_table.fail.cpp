// expect: forge_db: alias requires a column of its own table
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

constexpr alias<Shelf, "above"> above;
auto column() { return above[books::id]; }
