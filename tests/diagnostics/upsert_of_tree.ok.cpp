// SPDX-License-Identifier: MIT
#include <desk/folders_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

void put(sqlite::database& db, NewFolder const& folder) {
  db.write([&](auto& session) { FolderRepository{session}.insert(folder); });
}
