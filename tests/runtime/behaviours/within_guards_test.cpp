// SPDX-License-Identifier: MIT
// get_or_create, tags, settings and quotas of tables with a scope, soft deletion, a lock, a tree, an audit trail.
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/members_repository.hpp>
#include <desk/site_settings_repository.hpp>
#include <desk/site_usage_repository.hpp>
#include <desk/wiki_log_repository.hpp>

#include <forge_db/query/render.hpp>

#include <string>
#include <vector>

using namespace forge_db;
using namespace desk;
using texts = std::vector<std::string>;

namespace {

texts log_of(sqlite::write_session& session) {
  texts all;
  for (WikiLog const& line : WikiLogRepository{session}.list().rows) all.push_back(line.what);
  return all;
}

}  // namespace

TEST_CASE("get_or_create of a guarded table inserts as insert() does, once a tenant") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    MemberRepository ours{session, "a"};
    MemberRepository theirs{session, "b"};
    auto const top = ours.get_or_create({.name = "top"});
    CHECK(top.created);
    CHECK(top.row.site == "a");
    CHECK(top.row.lock == 1);
    auto const again = ours.get_or_create({.site = "a", .name = "top", .above = top.row.id});
    CHECK_FALSE(again.created);
    CHECK(again.row.id == top.row.id);
    CHECK_FALSE(again.row.above);
    CHECK(theirs.get_or_create({.name = "top"}).row.id != top.row.id);
    CHECK_THROWS_AS(ours.get_or_create({.site = "b", .name = "top"}), invalid_value);
    CHECK_THROWS_AS(theirs.get_or_create({.name = "low", .above = top.row.id}), not_found);  // no parent of theirs
    CHECK(log_of(session) == texts{"insert", "insert"});
  });
}

TEST_CASE("get_or_create makes a row anew where the former one is deleted") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    MemberRepository members{session, "a"};
    auto const first = members.get_or_create({.name = "ada"}).row.id;
    members.remove(first);
    auto const second = members.get_or_create({.name = "ada"});
    CHECK(second.created);
    CHECK(second.row.id != first);
    CHECK_FALSE(members.with_deleted().get_or_create({.name = "ada"}).created);
    CHECK_THROWS_AS(members.get_or_create({.id = first, .name = "bob"}), constraint_violation);
    CHECK(members.count() == 1);
  });
}

TEST_CASE("a change of tags is logged, and counts the version of the lock up") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    MemberRepository members{session, "a"};
    auto const id = members.insert({.name = "ada", .labels = texts{"x"}}).id;
    CHECK(members.add_tags(id, {"y"}));
    CHECK(members.add_tags(id, {"y"}));  // changes nothing
    CHECK(members.remove_tags(id, {"x"}));
    CHECK_FALSE(members.add_tags(MemberId{99}, {"y"}));
    CHECK_FALSE(MemberRepository{session, "b"}.add_tags(id, {"y"}));
    CHECK(members.get(id).labels == texts{"y"});
    CHECK(members.get(id).lock == 4);
    CHECK_THROWS_AS(members.update(id, 1, {.name = "eve"}), stale_row);
    auto const lines = WikiLogRepository{session}.list().rows;
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].changes->text() == R"({"labels": {"from": ["x"], "to": ["x", "y"]}})");
    CHECK(lines[2].changes->text() == R"({"labels": {"from": ["x", "y"], "to": ["y"]}})");
  });
}

TEST_CASE("settings and quotas of a table with a scope are the tenant's, who is not named again") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const ours = SiteSettingRepository{session, "a"}.settings("ada");
    auto const theirs = SiteSettingRepository{session, "b"}.settings("ada");
    ours.set("theme", "dark");
    CHECK_FALSE(theirs.find<std::string>("theme"));
    CHECK(theirs.increment("starts") == 1);
    CHECK(ours.increment("starts", 5) == 5);
    CHECK(theirs.clear() == 1);
    CHECK(ours.get("theme", "light") == "dark");
    CHECK(SiteSettingRepository{session, "a"}.list().rows.at(0).owner == "ada");

    SiteUsageRepository usage{session, "a"};
    SiteUsageRepository other{session, "b"};
    CHECK(usage.quota("calls").consume(3).remaining() == 0);
    CHECK_FALSE(usage.quota("calls").try_consume());
    CHECK(other.quota("calls").consume().used == 1);
    CHECK(usage.forget_before(timestamp::now() + std::chrono::hours(48)) == 1);
    CHECK(usage.count() == 0);
    CHECK(other.quota("calls").usage().used == 1);
  });
}

TEST_CASE("the texts of behaviours within a scope on both dialects") {
  using alike = forge_db::detail::find_alike<Member, repository_traits<Member>::get_or_create>;
  constexpr std::string_view columns = R"("id", "site", "name", "above", "gone_at", "lock", "labels")";
  CHECK(sql_text<alike, dialect::sqlite> == "select " + std::string(columns) +
                                                R"( from "members" where "name" = ? and "site" = ? and )"
                                                R"("gone_at" is null)");
  CHECK(sql_text<alike, dialect::postgres> == "select " + std::string(columns) +
                                                  R"( from "members" where "name" = $1 and "site" = $2 and )"
                                                  R"("gone_at" is null)");
  CHECK(sql_text<forge_db::detail::forget_quota<SiteUsage>, dialect::postgres> ==
        R"(delete from "site_usage" where "period" collate "C" < $1 and "site" = $2)");
}
