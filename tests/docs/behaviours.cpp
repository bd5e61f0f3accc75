// SPDX-License-Identifier: MIT
// The code of docs/behaviours.md.
#include "support/catch.hpp"

#include <desk/app_settings_repository.hpp>
#include <desk/app_usage_repository.hpp>
#include <desk/folders_repository.hpp>
#include <desk/migrations.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <string>
#include <vector>

namespace {

forge_db::sqlite::database desk_database() {
  auto db = forge_db::sqlite::open(":memory:");
  auto const list = desk::migrations();
  forge_db::migration::runner{db}.upgrade({&list});
  return db;
}

}  // namespace

TEST_CASE("docs: settings") {
  auto db = desk_database();
  // [settings]
  db.write([](auto& session) {
    auto const settings = desk::AppSettingRepository{session}.settings("mail");  // the scope
    settings.set("theme", "dark");
    settings.merge({{"font_size", forge_db::json::parse("12")}, {"langs", forge_db::json::parse(R"(["de"])")}});
    settings.increment("starts");
    CHECK(settings.get("theme", "light") == "dark");
    CHECK(settings.get("columns", 80) == 80);
    CHECK(settings.all().size() == 4);
  });
  // [/settings]
}

TEST_CASE("docs: quota") {
  auto db = desk_database();
  // [quota]
  db.write([](auto& session) {
    auto const calls = desk::AppUsageRepository{session}.quota("mail", "api_calls");
    CHECK(calls.consume().remaining() == 999);
    if (!calls.limited_to(10).try_consume(50)) {
      CHECK(calls.usage().used == 1);
    }
  });
  // [/quota]
}

TEST_CASE("docs: tree") {
  auto db = desk_database();
  // [tree]
  db.write([](auto& session) {
    desk::FolderRepository folders{session};
    auto const work = folders.insert({.name = "work"});
    auto const plans = folders.insert({.name = "plans", .parent_id = work.id});
    CHECK(plans.depth == 1);
    CHECK(folders.find_path(std::vector<std::string>{"work", "plans"})->id == plans.id);
    for (auto const& crumb : folders.path(plans.id)) CHECK(!crumb.name.empty());
    folders.move(plans.id, std::nullopt);
    CHECK(folders.subtree(work.id).size() == 1);
    CHECK(folders.remove_subtree(work.id).rows == 1);
  });
  // [/tree]
}
