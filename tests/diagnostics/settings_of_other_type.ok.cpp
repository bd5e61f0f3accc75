// SPDX-License-Identifier: MIT
#include <desk/app_settings_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

auto size(sqlite::database& db) {
  return db.read([](auto& session) { return AppSettingRepository{session}.settings("mail").all(); });
}
