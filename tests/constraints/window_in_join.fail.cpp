// expect: forge_db: join() requires no window function; select it by a name in a derived table, and join that
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto made() { return select<Book>().join<Shelf>(rank().over(order_by(books::title.asc())) < 3); }
