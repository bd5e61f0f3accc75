// expect: forge_db: on_conflict() requires the columns of the primary key or of a unique constraint; name all of them
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto text(NewBook const& book) { return sql<dialect::sqlite>(insert(book).on_conflict(books::title).do_nothing()); }
