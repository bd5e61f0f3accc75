// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return select<Shelf>().where(shelves::id.in(select(books::shelf_id).from<Book>())); }
