// expect: forge_db: with() requires cte() or recursive() before its statement; name them first
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/cte.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return with(select<Book>()); }
