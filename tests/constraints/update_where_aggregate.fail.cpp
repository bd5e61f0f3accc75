// expect: forge_db: where() requires a condition on rows; compare with an aggregate by a scalar() select
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto changed() { return update<Book>().set(books::score = 1.0).where(count() > 3); }
