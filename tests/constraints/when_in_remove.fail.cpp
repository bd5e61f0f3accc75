// expect: forge_db: when() is not supported yet in an update or remove; write both statements
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto some(bool on) { return remove<Book>().where(when(on, books::title == "a")); }
