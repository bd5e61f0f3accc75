// SPDX-License-Identifier: MIT
// Tenants and values of any text, through repositories with guards: stored and found as they are, or refused.
#include "runtime/guarded/office_database.hpp"
#include "support/catch.hpp"
#include "support/hostile_texts.hpp"

#include <forge_db/repository/many.hpp>
#include <forge_db/repository/unscoped_repository.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace forge_db;
using namespace office;
using tests::hostile_text;
using tests::hostile_texts;
using tests::look_alike;
using tests::office_database;
using tests::violates;

TEST_CASE("a tenant of any text is told from one that looks alike, by every function of its repository") {
  for (hostile_text const& hostile : hostile_texts()) {
    INFO(hostile.name);
    std::string const& text = hostile.text;
    office_database().write([&](auto& session) {
      FileRepository const ours(session, text);
      FileRepository const alike(session, look_alike(text));
      File const theirs = alike.insert({.name = text, .content = "theirs"});
      File const file = ours.insert({.name = text, .content = text});
      CHECK((file.app_id == text));
      CHECK((ours.get(file.id).content == text));
      CHECK(violates(error_code::unique_violation, [&] { ours.insert({.name = text}); }));
      CHECK_FALSE(ours.find(theirs.id));
      CHECK_FALSE(ours.update_unchecked(theirs.id, {.content = "x"}));
      CHECK(ours.count() == 1);
      CHECK(ours.count({.name = text}) == 1);
      CHECK((ours.list({.name = text}).rows.at(0).app_id == text));

      ours.update(file.id, file.version, {.content = text + "!"});
      File whole = ours.get(file.id);
      CHECK((whole.content == text + "!"));
      whole.content = text;
      CHECK((ours.save(whole).content == text));
      std::vector<NewFile> const more{{.name = text + "2", .content = text}};
      CHECK((ours.insert_many_returning(more).at(0).app_id == text));
      std::vector<FileId> const keys{file.id, theirs.id};
      CHECK(find_many(ours, keys).size() == 1);
      CHECK(remove_many(ours, keys) == 1);
      CHECK((ours.only_deleted().list().rows.at(0).name == text));
      CHECK(ours.restore(file.id));
      CHECK(ours.remove(file.id));
      CHECK(ours.purge_deleted() == 1);

      CHECK(alike.get(theirs.id).content == "theirs");
      std::vector<std::string> tenants{text, look_alike(text)};
      std::sort(tenants.begin(), tenants.end());
      CHECK((unscoped<File>(session).tenants() == tenants));
    });
  }
}

TEST_CASE("upserts and keys of several columns keep tenants of any text apart") {
  for (hostile_text const& hostile : hostile_texts()) {
    INFO(hostile.name);
    std::string const& text = hostile.text;
    office_database().write([&](auto& session) {
      SettingRepository const ours(session, text);
      SettingRepository const alike(session, look_alike(text));
      CHECK(alike.upsert({.name = text, .value = "theirs"}).version == 1);
      CHECK(ours.upsert({.name = text, .value = text}).version == 1);
      CHECK((ours.upsert({.name = text, .value = text + "2"}).value == text + "2"));
      CHECK(ours.get({text, text}).version == 2);
      CHECK_FALSE(ours.find({look_alike(text), text}));
      CHECK(ours.remove({text, text}));
      CHECK(alike.get({look_alike(text), text}).value == "theirs");

      DocumentRepository const documents(session, text);
      documents.upsert({.name = text, .number = 1, .content = text}, documents::app_id, documents::number);
      CHECK(violates(error_code::unique_violation, [&] {
        DocumentRepository(session, look_alike(text)).upsert({.name = text, .number = 1}, documents::name);
      }));
      auto const again = documents.upsert({.name = text + "2", .number = 1}, documents::app_id, documents::number);
      CHECK((again.name == text + "2"));
      CHECK(documents.count() == 1);
      auto const end = documents.page_after({}, DocumentSort::name).end;
      CHECK(documents.page_before({}, DocumentSort::name, page_cursor<Document>::from_text(end.text())).rows.size() ==
            1);
    });
  }
}
