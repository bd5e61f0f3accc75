// expect: forge_db: page_after() requires a statement without limit() and offset(); it has a size
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() { static_cast<void>(select<Book>().order_by(books::title.asc()).limit(9).page_after({}, 20)); }
