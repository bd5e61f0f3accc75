// SPDX-License-Identifier: MIT
#include <library/repositories.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/repository/hooked_repository.hpp>
#include <forge_db/repository/many.hpp>

using namespace forge_db;
using namespace library;

std::int64_t changed(sqlite::write_session& session, std::span<std::pair<BookId, BookPatch> const> patches) {
  hooked_repository const books{BookRepository{session}, hooks{before_update([](BookId const&, BookPatch&) {})}};
  return update_many(books.unhooked(), patches);
}
