// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/cte.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return with(cte<"some">(select<Shelf>()), select<Book>()); }
