// expect: forge_db: restore() and purge() require a table with soft_delete; remove() deletes for good
// SPDX-License-Identifier: MIT
#include <office/counters_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) { CounterRepository(session).restore("hits"); });
}
