// expect: forge_db: find_path() requires a tree with names; say `name:` in its spec
// SPDX-License-Identifier: MIT
#include <desk/folders_repository.hpp>
#include <desk/topics_repository.hpp>

#include <forge_db/session/session.hpp>

#include <span>
#include <string>

using namespace forge_db;
using namespace desk;

auto at(sqlite::database& db, std::span<std::string const> path) {
  return db.read([&](auto& session) { return TopicRepository{session}.find_path(path); });
}
