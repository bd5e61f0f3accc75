// SPDX-License-Identifier: MIT
#include <library/repositories.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

void put(sqlite::database& db, NewBook const& book) {
  db.write([&](auto& session) { BookRepository{session}.insert(book); });
}
