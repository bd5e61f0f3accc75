// expect: forge_db: page_after() requires an order_by() of columns of the first table
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() {
  static_cast<void>(select(books::title, shelves::code)
                        .from<Book>()
                        .join<Shelf>(shelves::id == books::shelf_id)
                        .order_by(shelves::code.asc())
                        .page_after({}, 20));
}
