// expect: forge_db: in() requires a select of the operand's type; select another column, or cast one side
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return select<Book>().where(books::id.in(select(loans::id).from<Loan>())); }
