// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

struct titled {
  std::string title;
};
auto made() { return select(books::title).into<titled>().from<Book>(); }
