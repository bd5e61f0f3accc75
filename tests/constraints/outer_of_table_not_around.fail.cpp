// expect: forge_db: where() requires columns of the selected table; add a join, or move the condition
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return select<Book>().where(exists(select<Loan>().where(loans::member_id == outer(members::id)))); }
