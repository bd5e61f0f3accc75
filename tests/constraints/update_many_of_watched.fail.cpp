// expect: forge_db: many rows at once are not supported yet for a repository that watches each change
// SPDX-License-Identifier: MIT
#include <library/repositories.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/repository/many.hpp>

using namespace forge_db;
using namespace library;

struct books_in_a_tree : BookRepository<sqlite::write_session> {
  using BookRepository<sqlite::write_session>::BookRepository;
  static constexpr bool watches_changes = true;
};
std::int64_t changed(books_in_a_tree const& repository, std::span<std::pair<BookId, BookPatch> const> patches) {
  return update_many(repository, patches);
}
