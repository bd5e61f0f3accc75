// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/files_repository.hpp>

#include <forge_db/query/render.hpp>

#include <string>
#include <vector>

using namespace forge_db;
using namespace desk;
using texts = std::vector<std::string>;

namespace {

using file_repository = FileRepository<sqlite::write_session>;

static_assert(file_repository::watches_changes, "functions for many rows at once would make no versions");

/// Runs `work` with the repository and a file of three contents: "a", "b", "c".
template <class Work>
void with_file(Work work) {
  tests::desk_database db;
  db->write([&](sqlite::write_session& session) {
    file_repository files{session};
    FileId const id = files.insert({.name = "f", .content = "a"}).id;
    files.update(id, {.content = "b"});
    files.update(id, {.content = "c"});
    work(files, id);
  });
}

texts versions_of(file_repository const& files, FileId id) {
  texts all;
  for (FileVersion const& one : files.versions(id).rows) all.push_back(std::to_string(one.version) + one.content);
  return all;
}

}  // namespace

TEST_CASE("an update keeps the former content, with its number") {
  with_file([](file_repository const& files, FileId id) {
    CHECK(files.get(id).version == 3);
    CHECK(files.get(id).content == "c");
    CHECK(versions_of(files, id) == texts{"2b", "1a"});
    CHECK(files.version(id, 1)->content == "a");
    CHECK_FALSE(files.version(id, 3));
    CHECK_FALSE(files.version(FileId{99}, 1));
  });
}

TEST_CASE("an update that changes nothing that is kept makes no version") {
  with_file([](file_repository const& files, FileId id) {
    CHECK(files.update(id, {.content = "c"}));
    CHECK(files.update(id, {.name = "g", .content = "c"}));
    CHECK(files.update(id, {.name = "h"}));
    CHECK(files.get(id).name == "h");
    CHECK(files.get(id).version == 3);
    CHECK(files.versions(id).total == 2);
    CHECK_FALSE(files.update(FileId{99}, {.content = "x"}));
  });
}

TEST_CASE("a kept column that becomes NULL, or was, is a change") {
  with_file([](file_repository const& files, FileId id) {
    CHECK(files.update(id, {.summary = null}));
    CHECK(files.get(id).version == 3);
    CHECK(files.update(id, {.summary = "s"}));
    CHECK(files.update(id, {.content = "c", .summary = null}));
    CHECK(files.get(id).version == 5);
    CHECK_FALSE(files.version(id, 3)->summary);
    CHECK(files.version(id, 4)->summary == "s");
  });
}

TEST_CASE("a revert makes a former content current under a new number") {
  with_file([](file_repository const& files, FileId id) {
    CHECK(files.revert(id, 1) == 4);
    CHECK(files.get(id).content == "a");
    CHECK(files.get(id).version == 4);
    CHECK(versions_of(files, id) == texts{"3c", "2b", "1a"});
    CHECK(files.revert(id, 1) == 5);  // to what it is
    CHECK(versions_of(files, id) == texts{"4a", "3c", "2b", "1a"});
    CHECK_THROWS_AS(files.revert(id, 5), not_found);
    CHECK_THROWS_AS(files.revert(FileId{99}, 1), not_found);
    CHECK(files.get(id).version == 5);
    CHECK(files.versions(id).total == 4);
  });
}

TEST_CASE("versions are pruned from the oldest") {
  with_file([](file_repository const& files, FileId id) {
    for (char const* content : {"d", "e"}) files.update(id, {.content = content});
    FileId const other = files.insert({.name = "o"}).id;
    files.update(other, {.content = "x"});
    CHECK(files.prune_versions(id, 4) == 0);
    CHECK(files.prune_versions(id, 3) == 1);
    CHECK(versions_of(files, id) == texts{"4d", "3c", "2b"});
    CHECK(files.prune_versions(id, 0) == 3);
    CHECK(files.versions(id).total == 0);
    CHECK(files.versions(other).total == 1);
    CHECK(files.update(id, {.content = "z"}));
    CHECK(versions_of(files, id) == texts{"5e"});
  });
}

TEST_CASE("versions are listed in pages") {
  with_file([](file_repository const& files, FileId id) {
    auto const second = files.versions(id, {.page = 2, .per_page = 1});
    CHECK(second.total == 2);
    CHECK(second.rows.at(0).content == "a");
    CHECK_FALSE(second.has_next());
    CHECK_THROWS_WITH(files.versions(id, {.per_page = 1001}),
                      "forge_db: versions() requires its page size to be 1 to 1000; ask for several pages");
  });
}

TEST_CASE("the note of a version is that of the context") {
  with_file([](file_repository const& files, FileId id) {
    {
      change_context const as{"ada", "import"};
      files.update(id, {.content = "d"});
    }
    files.update(id, {.content = "e"});
    CHECK(files.version(id, 3)->change_source == "import");
    CHECK_FALSE(files.version(id, 4)->change_source);
  });
}

TEST_CASE("the number is the repository's") {
  with_file([](file_repository const& files, FileId id) {
    CHECK_THROWS_AS(files.update(id, {.version = 7}), invalid_value);
    CHECK_THROWS_AS(files.update(id, {.content = "d", .version = 4}), invalid_value);
    CHECK(files.get(id).version == 3);
  });
}

TEST_CASE("an update that fails leaves no version behind, also where the session goes on") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    file_repository files{session};
    FileId const id = files.insert({.name = "f", .content = "a"}).id;
    session.connection().execute_script(
        "create trigger no_b before update on files when new.content = 'b' begin select raise(abort, 'no'); end");
    CHECK_THROWS_AS(files.update(id, {.content = "b"}), constraint_violation);
    CHECK(files.versions(id).total == 0);
    CHECK(files.update(id, {.content = "c"}));
    CHECK(versions_of(files, id) == texts{"1a"});
  });
}

TEST_CASE("an update is two statements where it may make a version, one where not") {
  tests::desk_database db;
  FileId id{};
  db->write([&](sqlite::write_session& session) { id = file_repository{session}.insert({.name = "f"}).id; });
  CHECK(db.statements([&](sqlite::write_session& s) { file_repository{s}.update(id, {.content = "b"}); }).size() == 2);
  CHECK(db.statements([&](sqlite::write_session& s) { file_repository{s}.update(id, {.name = "b"}); }).size() == 1);
}

TEST_CASE("the text that keeps a version, on both dialects") {
  FilePatch const changes{.content = "x"};
  FileId const id{1};
  forge_db::detail::keep_version<File> const statement{{}, id, &changes, nullptr};
  CHECK(sql<dialect::sqlite>(statement) ==
        R"(insert into "file_versions" ("file_id", "version", "content", "summary", "change_source", "id", )"
        R"("created_at") select "id", "version", "content", "summary", ?, ?, ? from "files" where "id" = ? and )"
        R"(("content" is not ?) returning "version")");
  CHECK(sql<dialect::postgres>(statement) ==
        R"(insert into "file_versions" ("file_id", "version", "content", "summary", "change_source", "id", )"
        R"("created_at") select "id", "version", "content", "summary", $1, $2, $3 from "files" where "id" = $4 and )"
        R"(("content" is distinct from $5) for update returning "version")");
  CHECK(sql_text<forge_db::detail::prune_versions<File>, dialect::postgres> ==
        R"(delete from "file_versions" where "file_id" = $1 and "version" <= (select "version" from "file_versions" )"
        R"(where "file_id" = $2 order by "version" desc limit 1 offset $3))");
}
