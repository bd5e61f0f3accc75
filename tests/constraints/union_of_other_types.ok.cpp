// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/set_operation.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return union_(select(books::title).from<Book>(), select(shelves::name).from<Shelf>()); }
