// SPDX-License-Identifier: MIT
#include <desk/files_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

bool write(sqlite::database& db, FileId id) {
  return db.write([&](auto& session) { return FileRepository{session}.update(id, {.content = "x"}); });
}
