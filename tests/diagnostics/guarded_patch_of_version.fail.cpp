// expect: version
// SPDX-License-Identifier: MIT
#include <office/counters_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) { CounterRepository(session).update("hits", 1, {.version = 2}); });
}
