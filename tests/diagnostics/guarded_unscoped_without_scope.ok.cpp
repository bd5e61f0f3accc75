// SPDX-License-Identifier: MIT
#include <forge_db/repository/unscoped_repository.hpp>
#include <forge_db/session/session.hpp>

#include <office/repositories.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) { return unscoped<File>(session).count(); });
}
