// expect: forge_db: group_by() is not supported yet
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

void text() { static_cast<void>(select<Book>().group_by(books::shelf_id)); }
