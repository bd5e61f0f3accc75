// expect: forge_db: the remainder requires two integers; cast what is none
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto rest() { return books::score % 2; }
