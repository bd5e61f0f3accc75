// expect: forge_db: with_deleted() and only_deleted() require a table with soft_delete; all rows live
// SPDX-License-Identifier: MIT
#include <office/counters_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) { CounterRepository(session).with_deleted().count(); });
}
