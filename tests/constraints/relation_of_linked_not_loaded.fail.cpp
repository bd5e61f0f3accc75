// expect: forge_db: row[...] requires a relation that was loaded; name it in with()
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

auto const& related(forge_db::loaded<Book, books::authors_t> const& row) {
  return row[books::authors].front()[books::loans];
}
