// expect: forge_db: link() requires a relation without `where` and `limit` in the spec, which hide links; name one without them
// SPDX-License-Identifier: MIT
#include <club/authors_relations.hpp>
#include <club/authors_repository.hpp>

#include <forge_db/session/session.hpp>

auto made(forge_db::sqlite::write_session& session) {
  return club::AuthorRepository{session}.link(club::AuthorId{1}, club::authors::plain_books, club::BookId{1});
}
