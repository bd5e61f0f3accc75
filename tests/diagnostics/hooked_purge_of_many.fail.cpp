// expect: forge_db: purge_deleted() requires no hooks of purge, which it would not run; say
// SPDX-License-Identifier: MIT
#include <forge_db/repository/hooked_repository.hpp>
#include <forge_db/session/session.hpp>

#include <office/repositories.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) {
    hooked_repository{NoteRepository(session), hooks{before_purge([](NoteId const&) {})}}.purge_deleted();
  });
}
