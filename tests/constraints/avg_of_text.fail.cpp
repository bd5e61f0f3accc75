// expect: forge_db: avg() requires a number; cast what is none
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto mean() { return avg(books::title); }
