// expect: forge_db: a read session requires the statement to be a select; run it in write()
// SPDX-License-Identifier: MIT
#include <library/repositories.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

void drop(sqlite::database& db) {
  db.read([](auto& session) { BookRepository{session}.remove(BookId{1}); });
}
