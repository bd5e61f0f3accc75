// SPDX-License-Identifier: MIT
// A tree whose rows have versions, an audit trail and a tenant.
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

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
