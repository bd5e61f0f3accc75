// expect: forge_db: upsert() requires columns of the primary key or of a unique constraint; name all of its columns
// SPDX-License-Identifier: MIT
#include <library/repositories.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

void put(sqlite::database& db, NewBook const& book) {
  db.write([&](auto& session) { BookRepository{session}.upsert(book, books::title); });
}
