// expect: forge_db: where() requires a condition on rows; conditions on aggregates belong to having()
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto grouped() { return select(count()).from<Book>().where(count() > 1); }
