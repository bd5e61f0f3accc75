// expect: forge_db: page_after() is not supported yet for groups and distinct rows; page a view of them
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() {
  static_cast<void>(select(books::title).from<Book>().distinct().order_by(books::title.asc()).page_after({}, 20));
}
