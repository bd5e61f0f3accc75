// expect: forge_db: select() requires columns, expressions such as count(), or row_of<Row>() as its arguments
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto some() { return select(books::title, 5); }
