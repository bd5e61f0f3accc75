// expect: forge_db: a read session requires the statement to be a select; run it in write()
// SPDX-License-Identifier: MIT
#include <desk/files_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

bool write(sqlite::database& db, FileId id) {
  return db.read([&](auto& session) { return FileRepository{session}.update(id, {.content = "x"}); });
}
