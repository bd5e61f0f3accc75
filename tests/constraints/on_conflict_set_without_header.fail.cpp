// expect: forge_db: set() requires <forge_db/query/conflict_set.hpp>, or assignments; include it
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return insert(NewBook{.isbn = "1", .title = "a"}).on_conflict(books::isbn).set(books::title = "b"); }
