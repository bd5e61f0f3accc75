// expect: forge_db: when() is not supported yet in having(); use it in where()
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto some(bool on) { return select(count()).from<Book>().having(when(on, count() > 1)); }
