// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/row_lock.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

auto locked(sqlite::database& db) {
  return db.write([](auto& session) { return session.all(for_update(select<Book>())); });
}
