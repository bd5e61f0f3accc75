// expect: forge_db: a repository with a scope requires its tenant; construct it by (session, tenant)
// SPDX-License-Identifier: MIT
#include <office/documents_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) { DocumentRepository(session).insert({.name = "a"}); });
}
