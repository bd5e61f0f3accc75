// SPDX-License-Identifier: MIT
// Trees whose rows have versions, an audit trail, and a tenant, soft deletion or an optimistic lock.
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/drafts_repository.hpp>
#include <desk/projects_repository.hpp>
#include <desk/wiki_log_repository.hpp>
#include <desk/wiki_pages_repository.hpp>

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

TEST_CASE("moves and reverts of a tree are logged, and make versions of what is kept") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    WikiPageRepository pages{session, "a"};
    auto const home = pages.insert({.title = "home"}).id;
    auto const child = pages.insert({.title = "child", .parent_id = home, .body = "one"}).id;
    CHECK(pages.update(child, {.title = "kid", .body = "two"}));
    CHECK(pages.move(child, std::nullopt));
    CHECK(pages.get(child).revision == 2);
    CHECK(pages.revert(child, 1) == 3);
    CHECK(pages.get(child).title == "child");
    CHECK(pages.get(child).body == "one");
    CHECK(pages.remove_subtree(child).rows == 1);
    CHECK(log_of(session) == texts{"insert", "insert", "update", "update", "update", "remove"});
  });
}

TEST_CASE("a tree refuses what its layers below would have done") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    WikiPageRepository pages{session, "a"};
    auto const home = pages.insert({.title = "home"}).id;
    CHECK_THROWS_AS(pages.update(home, {.parent_id = home, .body = "x"}), invalid_value);
    CHECK_THROWS_AS(pages.update(home, {.body = "x", .revision = 9}), invalid_value);
    CHECK(pages.versions(home).total == 0);
    CHECK(log_of(session) == texts{"insert"});
  });
}

TEST_CASE("no behaviour reaches the rows of another tenant") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    WikiPageRepository ours{session, "a"};
    WikiPageRepository theirs{session, "b"};
    auto const home = theirs.insert({.title = "home"}).id;
    auto const child = theirs.insert({.title = "child", .parent_id = home}).id;
    theirs.update(child, {.body = "two"});
    auto const own = ours.insert({.title = "home"}).id;

    CHECK(ours.roots().size() == 1);
    CHECK(ours.children(home).empty());
    CHECK(ours.path(child).empty());
    CHECK(ours.subtree(home).empty());
    CHECK_FALSE(ours.find_path(texts{"home", "child"}));
    CHECK_FALSE(ours.find_path(home, texts{"child"}));
    CHECK_THROWS_AS(ours.insert({.title = "x", .parent_id = home}), not_found);
    CHECK_THROWS_AS(ours.move(own, home), not_found);
    CHECK_FALSE(ours.move(child, std::nullopt));
    CHECK(ours.remove_subtree(home).rows == 0);
    CHECK_FALSE(ours.update(child, {.body = "three"}));
    CHECK(ours.versions(child).total == 0);
    CHECK_FALSE(ours.version(child, 1));
    CHECK_THROWS_AS(ours.revert(child, 1), not_found);
    CHECK(ours.prune_versions(child, 0) == 0);

    CHECK(theirs.versions(child).total == 1);
    CHECK(theirs.find_path(texts{"home", "child"})->id == child);
    CHECK(theirs.get(child).body == "two");
  });
}

TEST_CASE("a deleted row of a tree hides what is below it, and frees its name") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    ProjectRepository projects{session};
    auto const a = projects.insert({.name = "a"}).id;
    auto const b = projects.insert({.name = "b", .parent_id = a}).id;
    auto const c = projects.insert({.name = "c", .parent_id = b}).id;
    CHECK(projects.remove(b));
    CHECK(projects.children(a).empty());
    CHECK(projects.subtree(a).size() == 1);
    CHECK_FALSE(projects.find_path(texts{"a", "b", "c"}));
    CHECK_THROWS_AS(projects.insert({.name = "x", .parent_id = b}), not_found);
    CHECK_THROWS_AS(projects.move(a, b), not_found);
    CHECK_FALSE(projects.move(b, std::nullopt));
    CHECK(projects.insert({.name = "b", .parent_id = a}).depth == 1);
    CHECK(projects.exists(c));
  });
}

TEST_CASE("deleted rows count where depths are measured and written") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    ProjectRepository projects{session};
    auto const a = projects.insert({.name = "a"}).id;
    auto const b = projects.insert({.name = "b", .parent_id = a}).id;
    auto const c = projects.insert({.name = "c", .parent_id = b}).id;
    auto const top = projects.insert({.name = "top"}).id;
    auto const mid = projects.insert({.name = "mid", .parent_id = top}).id;
    projects.remove(b);
    CHECK(projects.path(c).size() == 3);  // it shows what is above a row, deleted or not
    CHECK(projects.path(b).empty());
    CHECK(projects.with_deleted().path(b).size() == 2);
    CHECK(projects.only_deleted().path(c).empty());
    CHECK(projects.insert({.name = "d", .parent_id = c}).depth == 3);
    CHECK_THROWS_AS(projects.move(a, mid), invalid_value);  // d would be at depth 5
    auto const e = projects.insert({.name = "e"}).id;
    auto const f = projects.insert({.name = "f", .parent_id = e}).id;
    projects.remove(f);
    CHECK(projects.move(e, top));
    CHECK(projects.with_deleted().get(f).depth == 2);
    CHECK(projects.restore(f));
    CHECK(projects.path(f).size() == 3);
    CHECK(projects.remove_subtree(e).rows == 2);
    CHECK(projects.with_deleted().get(e).status == "deleted");
  });
}

TEST_CASE("deletion, restoring and purging are logged; a deleted row makes no versions") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    ProjectRepository projects{session};
    auto const a = projects.insert({.name = "a"}).id;
    CHECK(projects.update(a, {.context = json::parse("{}")}));
    CHECK(projects.remove(a));
    CHECK_FALSE(projects.update(a, {.context = json::parse("[]")}));
    CHECK(projects.versions(a).total == 0);
    CHECK(projects.restore(a));
    CHECK_FALSE(projects.restore(a));
    CHECK(projects.versions(a).total == 1);
    CHECK(projects.remove(a));
    CHECK(projects.purge(a));
    CHECK(log_of(session) == texts{"insert", "update", "remove", "restore", "remove", "purge"});
  });
}

TEST_CASE("an optimistic lock goes through all layers, and what is stale leaves nothing behind") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    DraftRepository drafts{session};
    auto const id = drafts.insert({.body = "one"}).id;
    CHECK(drafts.update(id, 1, {.body = "two"}) == 2);
    CHECK_THROWS_AS(drafts.update(id, 1, {.body = "three"}), stale_row);
    CHECK_THROWS_AS(drafts.update(DraftId{99}, 1, {.body = "three"}), not_found);
    CHECK(drafts.get(id).revision == 2);
    CHECK(drafts.versions(id).total == 1);
    CHECK(drafts.revert(id, 1) == 3);
    CHECK(drafts.get(id).lock == 3);
    CHECK(drafts.update_unchecked(id, {.body = "four"}));
    CHECK_FALSE(drafts.update_unchecked(DraftId{99}, {.body = "four"}));
    CHECK(drafts.versions(id).total == 3);
    CHECK(log_of(session) == texts{"insert", "update", "update", "update"});
  });
}

TEST_CASE("a tree with an optimistic lock is kept by updates of a version, too") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    DraftRepository drafts{session};
    auto const top = drafts.insert({}).id;
    auto const low = drafts.insert({.above_id = top}).id;
    CHECK_THROWS_AS(drafts.update(top, 1, {.above_id = low}), invalid_value);
    CHECK_THROWS_AS(drafts.update_unchecked(top, {.above_id = low}), invalid_value);
    CHECK(drafts.update(low, 1, {.above_id = null}) == 2);
    CHECK(drafts.move(low, top));
    CHECK(drafts.get(low).lock == 3);
    CHECK_THROWS_AS(drafts.remove(low, 2), stale_row);
    drafts.remove(low, 3);
    CHECK(drafts.remove_cascade(top).removed() == 1);
    CHECK(log_of(session) == texts{"insert", "insert", "update", "update", "remove", "remove"});
  });
}

TEST_CASE("a scope without a lock has unchecked updates that are kept and logged") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    WikiPageRepository pages{session, "a"};
    auto const id = pages.insert({.title = "home"}).id;
    CHECK(pages.update_unchecked(id, {.body = "two"}));
    CHECK(pages.versions(id).total == 1);
    CHECK_THROWS_AS(pages.update_unchecked(id, {.parent_id = id}), invalid_value);
    CHECK(log_of(session) == texts{"insert", "update"});
  });
}

TEST_CASE("a purge tells what it takes along, of deleted rows only; deleted rows below it go, too") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    ProjectRepository projects{session};
    auto const a = projects.insert({.name = "a"}).id;
    auto const b = projects.insert({.name = "b", .parent_id = a}).id;
    auto const c = projects.insert({.name = "c", .parent_id = b}).id;
    auto const d = projects.insert({.name = "d", .parent_id = b}).id;
    projects.update(c, {.context = json::parse("1")});
    projects.update(c, {.context = json::parse("2")});
    projects.remove(d);
    CHECK_FALSE(projects.preview_purge(b).found());
    CHECK_FALSE(projects.purge_cascade(b).found());
    CHECK(projects.remove(b));

    auto const report = projects.preview_purge(b);
    REQUIRE(report.tables.size() == 2);
    CHECK(report.tables[0].table == "projects");
    CHECK(report.tables[0].removed == 3);
    CHECK(report.tables[1].table == "project_versions");
    CHECK(report.tables[1].removed == 2);
    CHECK(projects.with_deleted().count() == 4);

    CHECK(projects.purge_cascade(b).removed() == 5);
    CHECK(projects.with_deleted().count() == 1);
    CHECK(log_of(session).back() == "purge");
  });
}

TEST_CASE("the text of a purge's preview is about a deleted row, on both dialects") {
  using preview = forge_db::detail::count_cascade<Project, seen_rows::deleted>;
  CHECK(std::string(sql_text<preview, dialect::sqlite>)
            .starts_with(
                R"(with recursive forge_gone (forge_table, forge_row) as (select 0, rowid from "projects" where )"
                R"("id" = ? and "status" = 'deleted' union select )"));
  CHECK(
      std::string(sql_text<preview, dialect::postgres>)
          .starts_with(R"(with recursive forge_gone (forge_table, forge_row) as (select 0, ctid from "projects" where )"
                       R"("id" = $1 and "status" = 'deleted' union select )"));
}
