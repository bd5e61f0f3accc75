// expect: forge_db: set() requires columns of the updated table; leave the others out
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/conflict_set.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return update<Book>().set(books::title = excluded(books::title)).all_rows(); }
