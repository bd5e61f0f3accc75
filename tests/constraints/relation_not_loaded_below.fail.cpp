// expect: forge_db: row[...] requires a relation that was loaded; name it in with()
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

auto const& related(forge_db::loaded<Book, forge_db::loads<books::loans_t, loans::book_t>> const& row) {
  return row[books::loans].front()[loans::member];
}
