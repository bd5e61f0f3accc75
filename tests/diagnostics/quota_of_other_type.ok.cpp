// SPDX-License-Identifier: MIT
#include <desk/app_usage_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

auto left(sqlite::database& db) {
  return db.read([](auto& session) { return AppUsageRepository{session}.quota("mail", "calls").usage(); });
}
