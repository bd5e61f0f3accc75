// expect: forge_db: select() requires columns, expressions such as count(), or row_of<Row>() as its arguments
// SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return select(rank()); }
