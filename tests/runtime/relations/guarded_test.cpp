// SPDX-License-Identifier: MIT
// Related rows are the living ones of the parents' own tenant: tests/codegen/cases/relations_of_guarded_tables.
#include "support/catch.hpp"

#include <vault/auditors_relations.hpp>
#include <vault/auditors_repository.hpp>
#include <vault/files_relations.hpp>
#include <vault/files_repository.hpp>
#include <vault/folders_relations.hpp>
#include <vault/folders_repository.hpp>

#include <forge_db/query/select.hpp>
#include <forge_db/session/session.hpp>

#include <string>

using namespace forge_db;
using namespace vault;

namespace {

/// Folder 1 of tenant "a" with files 1 and 2 (2 is deleted), and file 3 of tenant "b" that strayed into it. File 1 has
/// the words 1 and 2 of "a" (the link to 2 is deleted), a stray link to word 3 of "b", and a link of "b" to its word 4.
sqlite::database vault_of_two() {
  auto db = sqlite::open(":memory:");
  db.write([](auto& session) {
    session.connection().execute_script(R"(
create table folders (id integer primary key, app_id text not null, name text not null, deleted_at text);
create table files (id integer primary key, app_id text not null, folder_id integer not null references folders (id),
  name text not null, gone integer not null default 0);
create table words (id integer primary key, app_id text not null, text text not null);
create table file_words (file_id integer not null references files (id), word_id integer not null references words (id),
  app_id text not null, hidden integer not null default 0, primary key (file_id, word_id));
create table covers (id integer primary key, app_id text not null, file_id integer not null references files (id),
  colour text not null, gone integer not null default 0);
create table auditors (id integer primary key, file_id integer not null references files (id));
insert into folders (id, app_id, name) values (1, 'a', 'home');
insert into files (id, app_id, folder_id, name, gone) values (1, 'a', 1, 'x', 0), (2, 'a', 1, 'y', 1), (3, 'b', 1, 'z', 0);
insert into words (id, app_id, text) values (1, 'a', 'red'), (2, 'a', 'old'), (3, 'b', 'theirs'), (4, 'b', 'linked');
insert into file_words (file_id, word_id, app_id, hidden) values (1, 1, 'a', 0), (1, 2, 'a', 1), (1, 3, 'a', 0), (1, 4, 'b', 0);
insert into covers (id, app_id, file_id, colour, gone) values (1, 'a', 1, 'old', 1), (2, 'a', 1, 'red', 0), (3, 'b', 1, 'b', 0);
insert into auditors (id, file_id) values (1, 1);
)");
  });
  return db;
}

template <class Rows>
std::string names(Rows const& rows) {
  std::string all;
  for (auto const& row : rows) all += row.name;
  return all;
}

}  // namespace

TEST_CASE("related rows live, and are of the parent's tenant") {
  auto db = vault_of_two();
  db.read([](auto& session) {
    FolderRepository repository{session, "a"};
    auto const folder = repository.with(folders::files, count_of(folders::files)).get(FolderId{1});
    CHECK(names(folder[folders::files]) == "x");
    CHECK(folder[count_of(folders::files)] == 1);
    CHECK(
        names(repository.with(folders::files.order_by(files::name.desc()).limit(2)).get(FolderId{1})[folders::files]) ==
        "x");
    CHECK_FALSE(FolderRepository{session, "b"}.with(folders::files).find(FolderId{1}).has_value());

    // Without a repository, too: the tenant is that of the rows.
    auto const rows = session.all(select<Folder>());
    CHECK(names(load(session, rows, folders::files).front()[folders::files]) == "x");
  });
}

TEST_CASE("a row that belongs to a deleted one has none") {
  auto db = vault_of_two();
  db.write([](auto& session) {
    FileRepository files_of_a{session, "a"};
    CHECK(files_of_a.with(files::folder).get(FileId{1})[files::folder]->name == "home");
    CHECK_FALSE(FileRepository{session, "b"}.with(files::folder).get(FileId{3})[files::folder].has_value());
    FolderRepository{session, "a"}.remove(FolderId{1});
    CHECK_FALSE(files_of_a.with(files::folder).get(FileId{1})[files::folder].has_value());
  });
}

TEST_CASE("one row is the one that lives, where deleted ones stay") {
  auto db = vault_of_two();
  db.read([](auto& session) {
    CHECK(FileRepository{session, "a"}.with(files::cover).get(FileId{1})[files::cover]->colour == "red");
  });
}

TEST_CASE("links live, and are of the tenant, as the rows behind them") {
  auto db = vault_of_two();
  db.read([](auto& session) {
    FileRepository repository{session, "a"};
    auto const file = repository.with(files::words, count_of(files::words)).get(FileId{1});
    REQUIRE(file[files::words].size() == 1);
    CHECK(file[files::words][0].text == "red");
    CHECK(file[count_of(files::words)] == 1);
  });
}
