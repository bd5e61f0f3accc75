// expect: no member named
// SPDX-License-Identifier: MIT
#include "support/stock_repository.hpp"

#include <forge_db/session/session.hpp>

auto statement(forge_db::sqlite::database& db) {
  return db.write([](auto& session) { return tests::StockRepository{session}.update({}, {}); });
}
