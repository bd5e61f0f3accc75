// expect: forge_db: string_agg() requires a text column; cast what is none
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto text() { return string_agg(books::score, ", "); }
