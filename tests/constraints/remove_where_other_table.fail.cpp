// expect: forge_db: where() requires columns of the selected table; add a join, or move the condition
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(remove<Book>().where(loans::id == LoanId{1})); }
