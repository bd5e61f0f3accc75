// expect: forge_db: into() requires a struct with one field for each selected item, of its type, in its order
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
      select(books::title, shelves::name).into<placed>().from<Book>().left_join<Shelf>(books::shelf_id == shelves::id));
}
