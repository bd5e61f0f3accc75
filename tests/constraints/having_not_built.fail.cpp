// expect: forge_db: having() is not supported yet
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

void text() { static_cast<void>(select<Book>().having(books::score > 1)); }
