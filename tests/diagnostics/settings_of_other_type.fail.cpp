// expect: forge_db: settings() requires values of the types of the scope's columns, in the spec's order; make an id
// SPDX-License-Identifier: MIT
#include <desk/app_settings_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

auto size(sqlite::database& db) {
  return db.read([](auto& session) { return AppSettingRepository{session}.settings(7).all(); });
}
