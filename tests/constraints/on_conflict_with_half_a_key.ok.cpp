// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto text(NewBookAuthor const& author) {
  return sql<dialect::sqlite>(insert(author).on_conflict(book_authors::book_id, book_authors::author_id).do_nothing());
}
