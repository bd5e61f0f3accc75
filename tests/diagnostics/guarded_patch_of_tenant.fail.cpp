// expect: app_id
// SPDX-License-Identifier: MIT
#include <office/documents_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) {
    DocumentRepository(session, "mail").update(DocumentId{1}, DocumentPatch{.app_id = "chat"});
  });
}
