// expect: forge_db: having() requires a condition; compare an aggregate with a value
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto grouped() { return select(count()).from<Book>().having(count()); }
