// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace library;

void page() { static_cast<void>(select<Book>().order_by(books::score.desc()).page_after({}, 20)); }
