// SPDX-License-Identifier: MIT
#include <library/repositories.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

void drop(sqlite::database& db) {
  db.write([](auto& session) { BookRepository{session}.remove(BookId{1}); });
}
