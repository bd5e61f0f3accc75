// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/folders_repository.hpp>
#include <desk/topics_repository.hpp>

#include <forge_db/query/render.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace forge_db;
using namespace desk;
using texts = std::vector<std::string>;

namespace {

using folder_repository = FolderRepository<sqlite::write_session>;

static_assert(folder_repository::watches_changes, "functions for many rows at once would make circles");

texts names(std::vector<Folder> const& folders) {
  texts all;
  for (Folder const& folder : folders) all.push_back(folder.name);
  return all;
}
texts levels(std::vector<tree_node<Folder>> const& nodes) {
  texts all;
  for (auto const& node : nodes) all.push_back(std::to_string(node.level) + node.row.name);
  return all;
}

/// a, with b and c below it, d below b; and x.
struct forest {
  FolderId a, b, c, d, x;

  explicit forest(sqlite::write_session& session) {
    FolderRepository folders{session};
    a = folders.insert({.name = "a"}).id;
    c = folders.insert({.name = "c", .parent_id = a}).id;
    b = folders.insert({.name = "b", .parent_id = a}).id;
    d = folders.insert({.name = "d", .parent_id = b}).id;
    x = folders.insert({.name = "x"}).id;
  }
};

/// Runs `work` with the folders of a forest.
template <class Work>
void with_forest(Work work) {
  tests::desk_database db;
  db->write([&](sqlite::write_session& session) {
    forest const of{session};
    work(FolderRepository{session}, of);
  });
}

}  // namespace

TEST_CASE("rows of a tree know their depth, their path and what is below them") {
  with_forest([](folder_repository folders, forest const& of) {
    CHECK(folders.get(of.a).depth == 0);
    CHECK(folders.get(of.d).depth == 2);
    CHECK(names(folders.roots()) == texts{"a", "x"});
    CHECK(names(folders.children(of.a)) == texts{"b", "c"});
    CHECK(names(folders.children(std::nullopt)) == texts{"a", "x"});
    CHECK(names(folders.path(of.d)) == texts{"a", "b", "d"});
    CHECK(names(folders.ancestors(of.d)) == texts{"a", "b"});
    CHECK(folders.ancestors(of.a).empty());
    CHECK(levels(folders.subtree(of.a)) == texts{"0a", "1b", "1c", "2d"});
    CHECK(levels(folders.subtree(of.a, 1)) == texts{"0a", "1b", "1c"});
    CHECK(levels(folders.subtree(of.x, 0)) == texts{"0x"});
  });
}

TEST_CASE("a row that is not there has no path, no children, nothing below it") {
  with_forest([](folder_repository folders, forest const&) {
    CHECK(folders.path(FolderId{99}).empty());
    CHECK(folders.ancestors(FolderId{99}).empty());
    CHECK(folders.children(FolderId{99}).empty());
    CHECK(folders.subtree(FolderId{99}).empty());
    CHECK_FALSE(folders.move(FolderId{99}, std::nullopt));
    CHECK(folders.remove_subtree(FolderId{99}).rows == 0);
  });
}

TEST_CASE("a row is found by the names of its path") {
  with_forest([](folder_repository folders, forest const& of) {
    CHECK(folders.find_path(texts{"a", "b", "d"})->id == of.d);
    CHECK(folders.find_path(texts{"x"})->id == of.x);
    CHECK(folders.find_path(of.a, texts{"b", "d"})->id == of.d);
    CHECK_FALSE(folders.find_path(texts{"b", "d"}));
    CHECK_FALSE(folders.find_path(texts{"a", "d"}));
    CHECK_FALSE(folders.find_path(texts{"a", "b", "d", "e"}));
    CHECK_FALSE(folders.find_path(texts{}));
    CHECK_THROWS_AS(folders.find_path(texts{std::string("a\0b", 3)}), invalid_value);
    auto const odd = folders.insert({.name = "q\"\xc3\xa4'", .parent_id = of.x}).id;
    CHECK(folders.find_path(texts{"x", "q\"\xc3\xa4'"})->id == odd);
  });
}

TEST_CASE("no row is inserted deeper than the spec allows, or below one that is not there") {
  with_forest([](folder_repository folders, forest const& of) {
    auto const deepest = folders.insert({.name = "e", .parent_id = of.d});
    CHECK(deepest.depth == 3);
    CHECK_THROWS_AS(folders.insert({.name = "f", .parent_id = deepest.id}), invalid_value);
    CHECK_THROWS_AS(folders.insert({.name = "f", .parent_id = FolderId{99}}), not_found);
    CHECK(folders.insert({.name = "g", .parent_id = of.a, .depth = 77}).depth == 1);
    NewFolder const two[] = {{.name = "h", .parent_id = of.c}, {.name = "i", .parent_id = deepest.id}};
    CHECK_THROWS_AS(folders.insert_many(two), invalid_value);
    CHECK(folders.insert_many_returning(std::span(two).first(0)).empty());
    CHECK(folders.insert_many_returning(std::vector<NewFolder>{{.name = "j", .parent_id = of.c}}).at(0).depth == 2);
  });
}

TEST_CASE("names are unique below one row, and among the roots") {
  with_forest([](folder_repository folders, forest const& of) {
    CHECK_THROWS_AS(folders.insert({.name = "b", .parent_id = of.a}), constraint_violation);
    CHECK_THROWS_AS(folders.insert({.name = "x"}), constraint_violation);
    CHECK(folders.insert({.name = "x", .parent_id = of.a}).depth == 1);
    CHECK_THROWS_AS(folders.move(folders.find_path(texts{"a", "x"})->id, std::nullopt), constraint_violation);
  });
}

TEST_CASE("a move takes along what is below, and its depths") {
  with_forest([](folder_repository folders, forest const& of) {
    CHECK(folders.move(of.b, of.x));
    CHECK(names(folders.path(of.d)) == texts{"x", "b", "d"});
    CHECK(folders.get(of.d).depth == 2);
    CHECK(folders.move(of.b, std::nullopt));
    CHECK(folders.get(of.b).depth == 0);
    CHECK(folders.get(of.d).depth == 1);
    CHECK(names(folders.roots()) == texts{"a", "b", "x"});
    CHECK(folders.move(of.b, of.c));
    CHECK(folders.get(of.d).depth == 3);
    CHECK(folders.move(of.b, of.c));  // it is there already
  });
}

TEST_CASE("a move refreshes the row's stamp, not those of the rows below") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    forest const of{session};
    FolderRepository folders{session};
    session.connection().execute_script("update folders set updated_at = '2020-01-01 00:00:00.000000'");
    folders.move(of.b, of.x);
    CHECK(folders.get(of.b).updated_at > folders.get(of.d).updated_at);
  });
}

TEST_CASE("a move below itself, below nothing, or too deep is refused and changes nothing") {
  with_forest([](folder_repository folders, forest const& of) {
    auto const before = levels(folders.subtree(of.a));
    CHECK_THROWS_AS(folders.move(of.a, of.a), invalid_value);
    CHECK_THROWS_AS(folders.move(of.a, of.d), invalid_value);
    CHECK_THROWS_AS(folders.move(of.a, FolderId{99}), not_found);
    auto const y = folders.insert({.name = "y", .parent_id = of.x}).id;
    CHECK_THROWS_AS(folders.move(of.a, y), invalid_value);  // d would be at depth 4
    CHECK(folders.move(of.a, of.x));
    CHECK(folders.get(of.d).depth == 3);
    CHECK(folders.move(of.a, std::nullopt));
    CHECK(levels(folders.subtree(of.a)) == before);
  });
}

TEST_CASE("an update that names the parent is a move, and the depth is the tree's") {
  with_forest([](folder_repository folders, forest const& of) {
    CHECK(folders.update(of.b, {.name = "bb", .parent_id = of.x}));
    CHECK(names(folders.path(of.d)) == texts{"x", "bb", "d"});
    CHECK_THROWS_AS(folders.update(of.a, {.parent_id = of.a}), invalid_value);
    CHECK_THROWS_AS(folders.update(of.a, {.depth = 1}), invalid_value);
    CHECK(folders.update(of.b, {.name = "b"}));
    CHECK_FALSE(folders.update(FolderId{99}, {.name = "b", .parent_id = of.x}));
  });
}

TEST_CASE("a subtree is removed with a report") {
  with_forest([](folder_repository folders, forest const& of) {
    auto const removed = folders.remove_subtree(of.a);
    CHECK(removed.rows == 4);
    CHECK(removed.levels == 3);
    CHECK(folders.count() == 1);
    CHECK(folders.exists(of.x));
  });
}

TEST_CASE("a circle that another program made is told, and ends every search") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    forest const of{session};
    FolderRepository folders{session};
    session.connection().execute_script(
        "update folders set parent_id = (select id from folders where name = 'd') "
        "where name = 'a'");
    CHECK_THROWS_AS(folders.path(of.d), corrupt);
    CHECK(levels(folders.subtree(of.b)) == texts{"0b", "1d", "2a", "3c"});
    CHECK_THROWS_AS(folders.insert({.name = "z", .parent_id = of.c}), corrupt);
    CHECK_THROWS_AS(folders.move(of.x, of.c), corrupt);
    CHECK(folders.move(of.a, std::nullopt));
    CHECK(folders.get(of.d).depth == 2);
  });
}

TEST_CASE("a tree of rows without names and depths is ordered by key, and as deep as it likes") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    TopicRepository topics{session};
    std::optional<std::int64_t> parent;
    for (int i = 0; i < 100; ++i) parent = topics.insert({.above = parent, .title = "t"}).id;
    CHECK(topics.path(*parent).size() == 100);
    CHECK(topics.move(50, std::nullopt));
    CHECK(topics.path(*parent).size() == 51);
    CHECK_THROWS_AS(topics.move(1, 49), invalid_value);
    CHECK(topics.remove_subtree(50).levels == 51);
  });
}

TEST_CASE("what climbs or descends is one statement; a move is three") {
  tests::desk_database db;
  std::optional<forest> of;
  db->write([&](sqlite::write_session& session) { of.emplace(session); });
  CHECK(db.statements([&](sqlite::write_session& s) { static_cast<void>(FolderRepository{s}.path(of->d)); }).size() ==
        1);
  CHECK(db.statements([&](sqlite::write_session& s) {
            static_cast<void>(FolderRepository{s}.subtree(of->a));
          }).size() == 1);
  CHECK(db.statements([&](sqlite::write_session& s) {
            static_cast<void>(FolderRepository{s}.find_path(texts{"a", "b", "d"}));
          }).size() == 1);
  CHECK(db.statements([&](sqlite::write_session& s) {
            FolderRepository{s}.insert({.name = "n", .parent_id = of->a});
          }).size() == 2);
  CHECK(db.statements([&](sqlite::write_session& s) { FolderRepository{s}.move(of->b, of->x); }).size() == 3);
  CHECK(db.statements([&](sqlite::write_session& s) { FolderRepository{s}.remove_subtree(of->a); }).size() == 2);
}

TEST_CASE("the indexes of a tree serve what climbs, descends and walks") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const plan = [&](std::string_view text) {
      std::string all;
      auto rows = session.connection().prepare_once("explain query plan " + std::string(text));
      while (rows.step()) all += std::string(rows.text(3)) + '\n';
      return all;
    };
    for (std::string_view const text : {sql_text<forge_db::detail::tree_path<Folder>, dialect::sqlite>,
                                        sql_text<forge_db::detail::tree_below<Folder>, dialect::sqlite>,
                                        sql_text<forge_db::detail::measure_move<Folder>, dialect::sqlite>,
                                        sql_text<forge_db::detail::find_by_path<Folder, true>, dialect::sqlite>,
                                        sql_text<forge_db::detail::tree_children<Folder>, dialect::sqlite>,
                                        sql_text<forge_db::detail::set_depths<Folder>, dialect::sqlite>}) {
      CHECK(plan(text).find("SCAN folders") == std::string::npos);
    }
  });
}

TEST_CASE("the texts of trees on PostgreSQL") {
  CHECK(
      sql_text<forge_db::detail::tree_path<Topic>, dialect::postgres> ==
      R"(with recursive forge_up (forge_key, forge_parent, forge_height) as (select "id", "above", 0 from "topics" )"
      R"(where "id" = $1 union all select "topics"."id", "topics"."above", forge_height + 1 from forge_up join "topics" )"
      R"(on "topics"."id" = forge_parent where forge_height < 1000) select "id", "above", "title" from forge_up join )"
      R"("topics" on "topics"."id" = forge_key order by forge_height desc)");
  CHECK(
      sql_text<forge_db::detail::remove_below<Topic>, dialect::postgres> ==
      R"(with recursive forge_down (forge_key, forge_level) as (select "id", 0 from "topics" where "id" = $1 union all )"
      R"(select "topics"."id", forge_level + 1 from forge_down join "topics" on "topics"."above" = forge_key where )"
      R"(forge_level < cast($2 as bigint) and "topics"."id" <> $3) delete from "topics" where "id" in (select forge_key )"
      R"(from forge_down))");
  CHECK(sql_text<forge_db::detail::find_by_path<Folder, false>, dialect::postgres>.find(
            R"(where "parent_id" = $1 and "name" = ($2::jsonb ->> 0) union all)") != std::string_view::npos);
}
