// expect only: forge_db: order_by() requires order terms; say column.asc() or column.desc()
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select<Book>().order_by(books::title)); }
