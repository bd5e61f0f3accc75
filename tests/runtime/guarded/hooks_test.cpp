// SPDX-License-Identifier: MIT
#include "runtime/guarded/office_database.hpp"
#include "support/catch.hpp"

#include <forge_db/repository/hooked_repository.hpp>

#include <stdexcept>

using namespace forge_db;
using namespace office;
using tests::office_database;

namespace {
using texts = std::vector<std::string>;
}

TEST_CASE("hooks run around inserts, and change what is inserted") {
  office_database().write([](auto& session) {
    texts seen;
    hooked_repository const notes{NoteRepository(session),
                                  hooks{before_insert([](NewNote& note) { note.body = "by the hook"; }),
                                        after_insert([&](Note const& note) { seen.push_back(note.slug); })}};
    NewNote const given{.slug = "a", .body = "given"};
    CHECK(notes.insert(given).body == "by the hook");
    CHECK(given.body == "given");
    std::vector<NewNote> const many{{.slug = "b"}, {.slug = "c"}};
    CHECK(notes.insert_many(many) == 2);
    CHECK(notes.insert_many_returning(std::vector<NewNote>{{.slug = "d"}}).front().body == "by the hook");
    CHECK(seen == texts{"a", "b", "c", "d"});
    CHECK(notes.count({.body = "by the hook"}) == 4);
    notes.unhooked().insert({.slug = "e"});
    CHECK(seen.size() == 4);
  });
}

TEST_CASE("hooks run around updates, and after them only if a row was changed") {
  office_database().write([](auto& session) {
    int before = 0;
    texts after;
    auto const around_updates = hooks{before_update([&](std::string const&, CounterPatch& patch) {
                                        ++before;
                                        patch.hint = "hooked";
                                      }),
                                      after_update([&](std::string const& name, CounterPatch const& patch) {
                                        after.push_back(name + std::to_string(*patch.total));
                                      })};
    hooked_repository const counters{CounterRepository(session), around_updates};
    counters.insert({.name = "a"});
    CHECK(counters.update("a", 1, {.total = 5}) == 2);
    CHECK(counters.update_unchecked("a", {.total = 6}));
    CHECK_FALSE(counters.update_unchecked("b", {.total = 7}));
    CHECK_THROWS_AS(counters.update("a", 1, {.total = 8}), stale_row);
    CHECK(before == 4);
    CHECK(after == texts{"a5", "a6"});
    CHECK(counters.get("a").hint == "hooked");
  });
}

TEST_CASE("saves, upserts, removals, restores and purges have hooks of their own") {
  office_database().write([](auto& session) {
    texts seen;
    auto const note = [&](std::string const& what) { return [&, what](auto const&) { seen.push_back(what); }; };
    auto const all = hooks{before_save(note("before save")),       after_save(note("after save")),
                           before_upsert(note("before upsert")),   after_upsert(note("after upsert")),
                           before_remove(note("before remove")),   after_remove(note("after remove")),
                           before_restore(note("before restore")), after_restore(note("after restore")),
                           before_purge(note("before purge")),     after_purge(note("after purge"))};
    hooked_repository const files{FileRepository(session, "mail"), all};
    File file = files.upsert({.name = "a"}, files::app_id, files::name);
    file = files.save(file);
    CHECK(seen == texts{"before upsert", "after upsert", "before save", "after save"});
    seen.clear();
    CHECK(files.remove(file.id));
    CHECK(files.restore(file.id));
    files.remove(file.id, files.get(file.id).version);
    CHECK(files.purge(file.id));
    CHECK(seen == texts{"before remove", "after remove", "before restore", "after restore", "before remove",
                        "after remove", "before purge", "after purge"});
    seen.clear();
    CHECK_FALSE(files.remove(file.id));
    CHECK_FALSE(files.with_deleted().restore(file.id));
    CHECK(seen == texts{"before remove", "before restore"});
  });
}

TEST_CASE("what a hook throws leaves nothing written") {
  auto db = office_database();
  auto const refuse = [](auto const&) { throw std::runtime_error("refused"); };
  CHECK_THROWS_AS(db.write([&](auto& session) {
    hooked_repository{NoteRepository(session), hooks{before_insert(refuse)}}.insert({.slug = "a"});
  }),
                  std::runtime_error);
  CHECK_THROWS_AS(db.write([&](auto& session) {
    hooked_repository{NoteRepository(session), hooks{after_insert(refuse)}}.insert({.slug = "b"});
  }),
                  std::runtime_error);
  CHECK(db.read([](auto& session) { return NoteRepository(session).count(); }) == 0);
}

TEST_CASE("hooks that are not given take no memory") {
  static_assert(std::is_empty_v<decltype(hooks{before_insert([](NewNote&) {})})>);
  static_assert(!hooks<>::of_inserts);
}
