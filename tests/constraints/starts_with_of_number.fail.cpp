// expect: forge_db: starts_with() requires a text column; compare the column instead
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select<Book>().where(books::score.starts_with("1"))); }
