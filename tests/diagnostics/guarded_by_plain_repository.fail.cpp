// expect: forge_db: repository requires a table without soft deletion, scope and lock; take the generated one
// SPDX-License-Identifier: MIT
#include <office/notes_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) { repository<Note, std::remove_reference_t<decltype(session)>>(session).count(); });
}
