// expect: forge_db: arithmetic requires two numbers; cast what is none
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto more() { return books::score + books::title; }
