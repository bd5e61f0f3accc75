// SPDX-License-Identifier: MIT
#include <forge_db/repository/hooked_repository.hpp>
#include <forge_db/session/session.hpp>

#include <office/repositories.hpp>

using namespace forge_db;
using namespace office;

void run(sqlite::database& db) {
  db.write([](auto& session) {
    hooked_repository{CounterRepository(session), hooks{after_save([](auto&&...) {})}}.save({.name = "a"});
  });
}
