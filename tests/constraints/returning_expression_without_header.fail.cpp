// expect: forge_db: returning() of expressions requires <forge_db/query/returning.hpp>; include it
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return remove<Book>().all_rows().returning(books::score * 2); }
