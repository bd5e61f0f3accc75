// expect: forge_db: quota() requires values of the types of the key's columns, in the spec's order; make an id
// SPDX-License-Identifier: MIT
#include <desk/app_usage_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

auto left(sqlite::database& db) {
  return db.read([](auto& session) { return AppUsageRepository{session}.quota("mail", 7).usage(); });
}
