// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

struct placed {
  std::string title;
  std::string shelf;
};
std::string_view text() {
  return sql<dialect::sqlite>(
      select(books::title, shelves::name).into<placed>().from<Book>().join<Shelf>(books::shelf_id == shelves::id));
}
