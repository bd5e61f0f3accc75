// SPDX-License-Identifier: MIT
// Many rows at once of repositories with soft deletion and a scope.
#include "runtime/guarded/office_database.hpp"
#include "support/catch.hpp"

#include <forge_db/repository/many.hpp>

#include <utility>
#include <vector>

using namespace forge_db;
using namespace office;
using tests::office_database;

TEST_CASE("many rows: deleted ones are neither found nor changed, and removing marks") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    std::vector<NoteId> keys;
    for (char const* slug : {"a", "b", "c"}) keys.push_back(notes.insert({.slug = slug}).id);
    notes.remove(keys[0]);

    CHECK(find_many(notes, keys).size() == 2);
    CHECK(find_many(notes.with_deleted(), keys).size() == 3);
    CHECK(find_many(notes.only_deleted(), keys).size() == 1);
    std::vector<std::pair<NoteId, NotePatch>> changes;
    for (NoteId const key : keys) changes.push_back({key, {.body = "new"}});
    CHECK(update_many(notes, changes) == 2);
    CHECK(remove_many(notes, keys) == 2);
    CHECK(notes.count() == 0);
    CHECK(notes.with_deleted().count() == 3);
    CHECK(notes.restore(keys[0]));
    CHECK(notes.get(keys[0]).body.empty());
  });
}

TEST_CASE("many rows: nothing reaches another tenant's") {
  office_database().write([](auto& session) {
    DocumentRepository const mail(session, "mail");
    DocumentRepository const chat(session, "chat");
    std::vector<DocumentId> const keys{mail.insert({.name = "theirs", .number = 1}).id,
                                       chat.insert({.name = "ours", .number = 1}).id};
    auto const found = find_many(chat, keys);
    REQUIRE(found.size() == 1);
    CHECK(found[0].name == "ours");
    std::vector<std::pair<DocumentId, DocumentPatch>> const changes{{keys[0], {.name = "x"}}, {keys[1], {.name = "y"}}};
    CHECK(update_many(chat, changes) == 1);
    CHECK(mail.get(keys[0]).name == "theirs");
    CHECK(remove_many(chat, keys) == 1);
    CHECK(mail.exists(keys[0]));
  });
}
