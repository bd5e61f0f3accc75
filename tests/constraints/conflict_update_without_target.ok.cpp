// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto text(NewBook const& book) { return sql<dialect::sqlite>(insert(book).on_conflict().do_nothing()); }
