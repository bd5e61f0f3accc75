// expect: forge_db: a set operation requires selects of the same types, NULL only where the first one's
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/set_operation.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return union_(select(books::title).from<Book>(), select(loans::id).from<Loan>()); }
