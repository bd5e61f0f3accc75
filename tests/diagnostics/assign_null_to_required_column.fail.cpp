// expect: forge_db: assignment of null requires a nullable column; give a value
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto assigned() { return books::title = null; }
