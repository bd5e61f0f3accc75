// expect: forge_db: with() requires each of its selects to have a name of its own; rename one
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/cte.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return with(cte<"some">(select<Shelf>()), cte<"some">(select<Loan>()), select<Book>()); }
