// expect: forge_db: comparison requires its value to be present; a comparison with NULL holds for no row
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select<Book>().where(books::score != std::nullopt)); }
