// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

bool write(forge_db::sqlite::write_session& session) {
  return BookRepository{session}.link(BookId{1}, books::authors, AuthorId{1});
}
