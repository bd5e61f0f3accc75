// SPDX-License-Identifier: MIT
// The code of docs/behaviours.md that is about what repositories guard, and about hooks.
#include "support/catch.hpp"

#include <office/files_repository.hpp>
#include <office/migrations.hpp>
#include <office/notes_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/repository/hooked_repository.hpp>
#include <forge_db/repository/unscoped_repository.hpp>
#include <forge_db/session/session.hpp>

#include <string>
#include <vector>

namespace {

forge_db::sqlite::database office_database() {
  auto db = forge_db::sqlite::open(":memory:");
  forge_db::migration::runner{db}.upgrade({&office::migrations()});
  return db;
}

}  // namespace

TEST_CASE("docs: soft deletion") {
  auto db = office_database();
  // [soft_delete]
  db.write([](auto& session) {
    office::NoteRepository const notes{session};
    office::Note const note = notes.insert({.slug = "minutes"});
    notes.remove(note.id);
    CHECK_FALSE(notes.find(note.id));
    CHECK(notes.with_deleted().get(note.id).deleted_at);
    notes.insert({.slug = "minutes"});  // unique among the living
    CHECK(notes.only_deleted().list().total == 1);
    CHECK(notes.purge_deleted(forge_db::timestamp::now()) == 1);  // restore(key) would have failed: the slug is taken
  });
  // [/soft_delete]
}

TEST_CASE("docs: optimistic lock and scope") {
  auto db = office_database();
  // [lock]
  db.write([](auto& session) {
    office::FileRepository const files{session, "mail"};  // the tenant
    office::File const read = files.insert({.name = "draft"});
    CHECK(files.update(read.id, read.version, {.content = "first"}) == 2);
    try {
      files.update(read.id, read.version, {.content = "second"});
    } catch (forge_db::stale_row const& stale) {
      CHECK(stale.expected() == 1);
      CHECK(stale.found() == 2);
    }
    office::File file = files.get(read.id);
    file.content = "third";
    file = files.save(file);  // the whole row; its version is 3 now
  });
  // [/lock]

  // [scope]
  db.write([](auto& session) {
    office::FileRepository const chat{session, "chat"};
    CHECK(chat.list().total == 0);
    chat.insert({.name = "draft"});
    auto const all = forge_db::unscoped<office::File>(session);  // reads only, and has to be named
    CHECK(all.count() == 2);
    CHECK(all.tenants() == std::vector<std::string>{"chat", "mail"});
  });
  // [/scope]
}

TEST_CASE("docs: hooks") {
  auto db = office_database();
  // [hooks]
  std::vector<std::string> log;
  db.write([&](auto& session) {
    forge_db::hooked_repository const notes{
        office::NoteRepository{session},
        forge_db::hooks{forge_db::before_insert([](office::NewNote& note) { note.body = note.slug.value() + "!"; }),
                        forge_db::after_remove([&](office::NoteId const&) { log.push_back("removed"); })}};
    office::Note const note = notes.insert({.slug = "hello"});
    CHECK(note.body == "hello!");
    notes.remove(note.id);
  });
  CHECK(log == std::vector<std::string>{"removed"});
  // [/hooks]
}
