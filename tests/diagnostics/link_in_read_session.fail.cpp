// expect: forge_db: a read session requires the statement to be a select; run it in write()
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

bool link(forge_db::sqlite::read_session& session) {
  return BookRepository{session}.link(BookId{1}, books::authors, AuthorId{1});
}
