// expect: forge_db: page_after() requires joins that find at most one row each, by its key or unique columns
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() {
  static_cast<void>(select(books::title, shelves::code)
                        .from<Book>()
                        .join<Shelf>(shelves::parent_id == books::shelf_id)
                        .order_by(books::title.asc())
                        .page_after({}, 20));
}
