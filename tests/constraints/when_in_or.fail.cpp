// expect: forge_db: when() requires to be joined by &&; write out what || and ! need
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto some(bool on) { return select<Book>().where(books::score > 1.0 || when(on, books::title == "a")); }
