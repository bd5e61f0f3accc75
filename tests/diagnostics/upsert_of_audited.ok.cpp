// SPDX-License-Identifier: MIT
#include <desk/accounts_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

void put(sqlite::database& db, NewAccount const& account) {
  db.write([&](auto& session) { AccountRepository{session}.insert(account); });
}
