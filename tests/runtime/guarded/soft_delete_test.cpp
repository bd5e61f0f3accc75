// SPDX-License-Identifier: MIT
#include "runtime/guarded/office_database.hpp"
#include "support/catch.hpp"

#include <chrono>

using namespace forge_db;
using namespace office;
using tests::office_database;
using tests::violates;

namespace {

std::vector<std::string> slugs(page<Note> const& found) {
  std::vector<std::string> all;
  for (Note const& note : found.rows) all.push_back(note.slug);
  return all;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a removed row stays, and only those who ask for it see it") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    Note const kept = notes.insert({.slug = "kept"});
    Note const gone = notes.insert({.slug = "gone"});
    CHECK(notes.remove(gone.id));

    CHECK_FALSE(notes.find(gone.id));
    CHECK_FALSE(notes.exists(gone.id));
    CHECK_THROWS_AS(notes.get(gone.id), not_found);
    CHECK(notes.count() == 1);
    CHECK(slugs(notes.list()) == texts{"kept"});
    CHECK(notes.list().total == 1);

    auto const all = notes.with_deleted();
    CHECK(all.find(gone.id)->deleted_at.has_value());
    CHECK(all.exists(gone.id));
    CHECK(all.count() == 2);
    CHECK(slugs(all.list()) == texts{"gone", "kept"});
    CHECK_FALSE(all.get(kept.id).deleted_at);

    auto const deleted = notes.only_deleted();
    CHECK(slugs(deleted.list()) == texts{"gone"});
    CHECK(deleted.list().total == 1);
    CHECK_FALSE(deleted.find(kept.id));
    CHECK(notes.count() == 1);  // the repository itself sees what it saw
  });
}

TEST_CASE("what writes means living rows, whichever are seen") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    Note const gone = notes.insert({.slug = "gone"});
    notes.remove(gone.id);
    auto const marked = notes.with_deleted().get(gone.id);

    for (auto const& seeing : {notes, notes.with_deleted(), notes.only_deleted()}) {
      CHECK_FALSE(seeing.update(gone.id, {.body = "changed"}));
      CHECK_FALSE(seeing.update(gone.id, {}));
      CHECK_FALSE(seeing.remove(gone.id));
    }
    CHECK(notes.with_deleted().get(gone.id).body.empty());
    CHECK(notes.with_deleted().get(gone.id).deleted_at == marked.deleted_at);  // the first time stays
    CHECK_FALSE(notes.remove(NoteId{99}));
  });
}

TEST_CASE("removing is an update: what every update refreshes is refreshed") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    auto const long_ago = timestamp::from_unix_us(1);
    Note const note = notes.insert({.slug = "a", .updated_at = long_ago});
    notes.remove(note.id);
    Note const marked = notes.with_deleted().get(note.id);
    CHECK(marked.updated_at > long_ago);
    CHECK(marked.updated_at >= *marked.deleted_at);
  });
}

TEST_CASE("unique columns are unique among the living") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    Note const first = notes.insert({.slug = "a"});
    CHECK(violates(error_code::unique_violation, [&] { notes.insert({.slug = "a"}); }));
    notes.remove(first.id);
    Note const second = notes.insert({.slug = "a"});
    CHECK(second.id != first.id);
    notes.remove(second.id);
    CHECK(notes.only_deleted().count() == 2);

    CHECK(notes.restore(first.id));
    CHECK(violates(error_code::unique_violation, [&] { notes.restore(second.id); }));
    CHECK(notes.count() == 1);
  });
}

TEST_CASE("restore() lets a deleted row live again, and no other") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    Note const note = notes.insert({.slug = "a"});
    CHECK_FALSE(notes.restore(note.id));
    CHECK_FALSE(notes.restore(NoteId{99}));
    notes.remove(note.id);
    CHECK(notes.restore(note.id));
    CHECK_FALSE(notes.get(note.id).deleted_at);
  });
}

TEST_CASE("upsert by unique columns meets the living row; a deleted one is not written over") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    Note const first = notes.insert({.slug = "a", .body = "one"});
    CHECK(notes.upsert({.slug = "a", .body = "two"}, notes::slug).id == first.id);
    notes.remove(first.id);
    Note const second = notes.upsert({.slug = "a", .body = "three"}, notes::slug);
    CHECK(second.id != first.id);
    CHECK(notes.with_deleted().get(first.id).body == "two");

    CHECK(violates(error_code::primary_key_violation,
                   [&] { notes.upsert({.id = first.id, .slug = "b", .body = "four"}); }));
    CHECK(notes.with_deleted().get(first.id).body == "two");
    CHECK(notes.upsert({.id = second.id, .slug = "a", .body = "five"}).body == "five");
  });
}

TEST_CASE("an insert() of the query language finds the partial index, too") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    Note const first = notes.insert({.slug = "a", .body = "one"});
    session.execute(insert(NewNote{.slug = "a", .body = "two"}).on_conflict(notes::slug).update(notes::body));
    CHECK(notes.get(first.id).body == "two");
    CHECK(session.execute(insert(NewNote{.slug = "a"}).on_conflict(notes::slug).do_nothing()) == 0);
  });
}

TEST_CASE("purges delete for good, and only what is deleted") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    ScrapRepository const scraps(session);
    Note const note = notes.insert({.slug = "a"});
    scraps.insert({.note_id = note.id, .text = "child"});
    CHECK_FALSE(notes.purge(note.id));
    notes.remove(note.id);
    CHECK(scraps.count() == 1);  // children stay while the row does
    CHECK(notes.purge(note.id));
    CHECK_FALSE(notes.with_deleted().find(note.id));
    CHECK(scraps.with_deleted().count() == 0);  // on_delete: cascade

    for (auto const* slug : {"b", "c", "d"}) notes.insert({.slug = slug});
    auto const rows = notes.list().rows;
    notes.remove(rows[0].id);
    notes.remove(rows[1].id);
    auto const second = *notes.with_deleted().get(rows[1].id).deleted_at;
    session.execute(update<Note>().set(notes::deleted_at = timestamp::from_unix_us(5)).where(notes::id == rows[0].id));
    CHECK(notes.purge_deleted(second) == 1);  // not the one that was deleted at that time
    CHECK(notes.with_deleted().count() == 2);
    CHECK(notes.purge_deleted() == 1);
    CHECK(slugs(notes.with_deleted().list()) == texts{"d"});
  });
}

TEST_CASE("a flag marks as well as a time, and one that is NULL is of a living row") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    ScrapRepository const scraps(session);
    NoteId const note = notes.insert({.slug = "a"}).id;
    auto const first = scraps.insert({.note_id = note, .text = "one"});
    auto const second = scraps.insert({.note_id = note, .text = "two", .cleared = null});
    CHECK(scraps.count() == 2);
    CHECK(scraps.remove(second.id));
    CHECK(scraps.with_deleted().get(second.id).cleared == true);
    CHECK(scraps.only_deleted().count() == 1);
    CHECK(scraps.count() == 1);
    CHECK(scraps.restore(second.id));
    CHECK(scraps.get(second.id).cleared == false);
    scraps.remove(first.id);
    CHECK(scraps.purge_deleted() == 1);
  });
}

TEST_CASE("one value of an enum marks, and the others can still be patched") {
  office_database().write([](auto& session) {
    FolderRepository const folders(session);
    Folder const folder = folders.insert({.name = "a"});
    CHECK(folders.update(folder.id, {.status = folder_status::archived}));
    CHECK(folders.count() == 1);
    CHECK(folders.remove(folder.id));
    CHECK(folders.count() == 0);
    CHECK(folders.with_deleted().count({.status = folder_status::deleted}) == 1);
    CHECK(violates(error_code::unique_violation, [&] { folders.insert({.name = "a"}); }));  // unique: all
    CHECK(folders.restore(folder.id));
    CHECK(folders.get(folder.id).status == folder_status::active);
  });
}

TEST_CASE("the index of the living serves a search for a unique column") {
  office_database().write([](auto& session) {
    auto plan = session.connection().prepare_once(
        R"(explain query plan select * from "notes" where "deleted_at" is null and "slug" = 'a')");
    CHECK(plan.step());
    CHECK(std::string(plan.text(3)).find("uq_notes_slug") != std::string::npos);
  });
}
