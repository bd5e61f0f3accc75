// expect: forge_db: select() requires its columns to be grouped beside count() and other aggregates; name them in
// group_by() SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() {
  return sql<dialect::sqlite>(select(books::title, avg(books::score)).from<Book>().group_by(books::shelf_id));
}
