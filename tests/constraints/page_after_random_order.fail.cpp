// expect: forge_db: page_after() requires an order_by() of columns; expressions have no index
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/random_order.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() { static_cast<void>(select(books::title).from<Book>().order_by(random_order()).page_after({}, 20)); }
