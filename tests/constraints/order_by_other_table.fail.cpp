// expect: forge_db: order_by() requires columns of the selected table; add a join, or order by another column
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select<Book>().order_by(loans::id.asc())); }
