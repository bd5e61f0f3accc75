// expect: forge_db: into() requires to be said before from(); say select(columns...).into<Struct>().from<Row>()
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

struct titled {
  std::string title;
};
auto made() { return select(books::title).from<Book>().into<titled>(); }
