// expect: forge_db: upsert() of a table with versions is not supported yet; use find(), then insert()
// SPDX-License-Identifier: MIT
#include <desk/files_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

void put(sqlite::database& db, NewFile const& file) {
  db.write([&](auto& session) { FileRepository{session}.upsert(file); });
}
