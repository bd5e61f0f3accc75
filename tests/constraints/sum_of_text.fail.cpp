// expect: forge_db: sum() requires a number; cast what is none
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto total() { return sum(books::title); }
