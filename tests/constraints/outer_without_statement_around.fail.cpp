// expect: outer_requires_a_statement_around_its_select
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select<Loan>().where(loans::book_id == outer(books::id))); }
