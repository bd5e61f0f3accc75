// expect: forge_db: distinct() requires to be the only one
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto once() { return select(books::title).from<Book>().distinct().distinct(); }
