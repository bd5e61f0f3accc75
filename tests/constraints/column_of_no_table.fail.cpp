// expect: forge_db: select() requires columns of the table that from() names; add a join, or select other columns
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/no_table.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select(books::score).from(no_table)); }
