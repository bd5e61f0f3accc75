// expect: forge_db: join() requires columns of the joined tables; join the others first
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto joined() { return select<Book>().join<Shelf>(books::id == loans::book_id); }
