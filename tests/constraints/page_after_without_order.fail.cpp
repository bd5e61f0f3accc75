// expect: forge_db: page_after() requires an order_by(); a place lies between two rows of an order
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() { static_cast<void>(select<Book>().page_after({}, 20)); }
