// expect: forge_db: when() requires a condition; compare a column with a value
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto some(bool on) { return when(on, books::title); }
