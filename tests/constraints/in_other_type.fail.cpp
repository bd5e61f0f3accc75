// expect: forge_db: in() requires a contiguous sequence of values of the column's type; pass a vector, array or span
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select<Book>().where(books::id.in(std::vector<LoanId>()))); }
