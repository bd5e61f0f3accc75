// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() {
  auto const query = select<Book>().order_by(books::title.asc());
  cursor_of<decltype(select<Book>().order_by(books::title.asc()))> const cursor;
  static_cast<void>(query.page_after(cursor, 20));
}
