// SPDX-License-Identifier: MIT
// Any text through the behaviours of repositories: kept and found as it is, or refused.
#include "support/hostile_texts.hpp"
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/accounts_repository.hpp>
#include <desk/app_settings_repository.hpp>
#include <desk/app_usage_repository.hpp>
#include <desk/audit_log_repository.hpp>
#include <desk/files_repository.hpp>
#include <desk/folders_repository.hpp>
#include <desk/members_repository.hpp>
#include <desk/notes_repository.hpp>
#include <desk/people_repository.hpp>

#include <forge_db/core/detail/json_text.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace forge_db;
using namespace desk;
using tests::hostile_text;
using tests::hostile_texts;
using tests::look_alike;
using tests::refused;
using texts = std::vector<std::string>;

namespace {

/// Runs `work(session, hostile)` with each of them, in an empty database.
template <class Work>
void with_each_text(Work work) {
  for (hostile_text const& hostile : hostile_texts()) {
    INFO(hostile.name);
    tests::desk_database db;
    db->write([&](sqlite::write_session& session) { work(session, hostile); });
  }
}

}  // namespace

TEST_CASE("rows of a tree have any names; a path asks for names that JSON can hold") {
  with_each_text([](sqlite::write_session& session, hostile_text const& hostile) {
    std::string const& text = hostile.text;
    FolderRepository folders{session};
    auto const alike = folders.insert({.name = look_alike(text)}).id;
    auto const root = folders.insert({.name = text}).id;
    auto const child = folders.insert({.name = text, .parent_id = root}).id;
    CHECK_THROWS_AS(folders.insert({.name = text}), constraint_violation);
    CHECK_THROWS_AS(folders.insert({.name = text, .parent_id = root}), constraint_violation);
    CHECK(folders.path(child).size() == 2);
    CHECK((folders.path(child)[0].name == text));
    CHECK((folders.children(root).at(0).name == text));
    CHECK((folders.subtree(root).at(1).row.name == text));
    texts const names{text, text};
    if (hostile.is_utf8 && !hostile.has_nul()) {
      REQUIRE(folders.find_path(names));
      CHECK(folders.find_path(names)->id == child);
      CHECK(folders.find_path(root, texts{text})->id == child);
      CHECK_FALSE(folders.find_path(alike, texts{text}));
    } else {
      refused("folders.name", [&] { static_cast<void>(folders.find_path(names)); });
      refused("folders.name", [&] { static_cast<void>(folders.find_path(root, texts{text})); });
    }
    CHECK(folders.move(child, alike));
    CHECK(folders.remove_subtree(alike).rows == 2);
    CHECK((folders.get(root).name == text));
  });
}

TEST_CASE("settings hold any text that JSON can hold, in scopes of any text") {
  with_each_text([](sqlite::write_session& session, hostile_text const& hostile) {
    std::string const& text = hostile.text;
    auto const settings = AppSettingRepository{session}.settings(text);
    auto const alike = AppSettingRepository{session}.settings(look_alike(text));
    alike.set("k", "theirs");
    if (hostile.is_utf8) {
      settings.set("k", text);
      CHECK((settings.find<std::string>("k") == text));
      settings.set("k", texts{text, "", text});
      CHECK((settings.find<texts>("k") == texts{text, "", text}));
    } else {
      CHECK_THROWS_AS(settings.set("k", text), invalid_value);
      CHECK_THROWS_AS(settings.set("k", texts{text}), invalid_value);
      CHECK(settings.all().empty());
      settings.set("k", 1);
    }
    CHECK(settings.increment("n") == 1);
    CHECK(settings.all().size() == 2);
    CHECK(settings.unset("k"));
    CHECK(settings.clear() == 1);
    CHECK(alike.get("k", "") == "theirs");
  });
}

TEST_CASE("keys of settings are kept as they are, or refused") {
  int kept = 0;
  with_each_text([&](sqlite::write_session& session, hostile_text const& hostile) {
    std::string const& text = hostile.text;
    auto const settings = AppSettingRepository{session}.settings("mail");
    try {
      settings.set(text, 1);
    } catch (invalid_value const& failure) {
      CHECK(failure.context().column == "key");
      CHECK(settings.all().empty());
      CHECK_THROWS_AS(settings.find<int>(text), invalid_value);
      return;
    }
    ++kept;
    CHECK(settings.increment(text) == 2);
    CHECK(settings.find<int>(text) == 2);
    CHECK((settings.all().at(0).key == text));
    CHECK(settings.unset(text));
  });
  CHECK(kept == 11);
}

TEST_CASE("a trail names actor, note and values of any text") {
  with_each_text([](sqlite::write_session& session, hostile_text const& hostile) {
    std::string const& text = hostile.text;
    change_context const as{"a" + text, "n" + text};
    AccountRepository accounts{session};
    auto const id = accounts.insert({.email = "mail", .password = text}).id;
    CHECK(accounts.update(id, {.email = text}));
    CHECK((accounts.get(id).email == text));
    accounts.log(text, id, "{}");
    CHECK(accounts.remove(id));
    auto const lines = AuditLogRepository{session}.list().rows;
    REQUIRE(lines.size() == 4);
    for (AuditLog const& line : lines) {
      CHECK((line.actor == "a" + text));
      CHECK((line.note == "n" + text));
      CHECK(json::try_parse(line.changes->text()));
    }
    CHECK((lines[2].action == text));
    if (!hostile.is_utf8) return;
    std::string quoted;
    forge_db::detail::append_json_string(quoted, text);
    CHECK((lines[1].changes->text() == R"({"email": {"from": "mail", "to": )" + quoted + "}}"));
    CHECK((lines[3].changes->text().find(R"("email": )" + quoted) != std::string::npos));
  });
}

TEST_CASE("versions keep any text, and tell it from what looks alike") {
  with_each_text([](sqlite::write_session& session, hostile_text const& hostile) {
    std::string const& text = hostile.text;
    change_context const as{"root", "n" + text};
    FileRepository files{session};
    auto const id = files.insert({.name = "f", .content = text}).id;
    CHECK(files.update(id, {.content = text}));
    CHECK(files.versions(id).total == 0);
    CHECK(files.update(id, {.content = look_alike(text), .summary = text}));
    CHECK(files.update(id, {.content = text}));
    CHECK((files.version(id, 1)->content == text));
    CHECK((files.version(id, 1)->change_source == "n" + text));
    CHECK((files.version(id, 2)->content == look_alike(text)));
    CHECK((files.version(id, 2)->summary == text));
    CHECK(files.revert(id, 2) == 4);
    CHECK((files.get(id).content == look_alike(text)));
    CHECK(files.revert(id, 1) == 5);
    CHECK((files.get(id).content == text));
    CHECK_FALSE(files.get(id).summary);
  });
}

TEST_CASE("counters and rows that are made once have any text as their key") {
  with_each_text([](sqlite::write_session& session, hostile_text const& hostile) {
    std::string const& text = hostile.text;
    AppUsageRepository const usage{session};
    CHECK(usage.quota(look_alike(text), text).consume(5).used == 5);
    auto const calls = usage.quota(text, text).limited_to(2);
    CHECK(calls.consume(1).used == 1);
    CHECK_FALSE(calls.try_consume(2));
    CHECK(calls.consume(1).used == 2);
    CHECK(calls.give_back(1).used == 1);
    CHECK(usage.count() == 2);

    PersonRepository const people{session};
    CHECK(people.get_or_create({.email = look_alike(text)}).created);
    auto const made = people.get_or_create({.email = text, .name = text});
    CHECK(made.created);
    CHECK((made.row.name == text));
    CHECK(people.get_or_create({.email = text}).row.id == made.row.id);
    CHECK(people.count() == 2);

    MemberRepository const members{session, text};
    auto const member = members.get_or_create({.name = text});
    CHECK((member.row.site == text));
    CHECK_FALSE(members.get_or_create({.name = text}).created);
    CHECK(MemberRepository{session, look_alike(text)}.get_or_create({.name = text}).created);
  });
}

TEST_CASE("tags are kept as they are, or refused") {
  with_each_text([](sqlite::write_session& session, hostile_text const& hostile) {
    std::string const& text = hostile.text;
    NoteRepository const notes{session};
    auto const id = notes.insert({.labels = texts{"a"}}).id;
    if (!hostile.is_utf8 || hostile.has_nul() || text.empty()) {
      CHECK_THROWS_AS(notes.add_tags(id, {text}), invalid_value);
      CHECK_THROWS_AS(notes.rename_tag("a", text), invalid_value);
      CHECK_THROWS_AS(notes.rename_tag(text, "b"), invalid_value);
      CHECK(notes.get(id).labels == texts{"a"});
      return;
    }
    CHECK(notes.add_tags(id, {text, text}));
    CHECK((notes.get(id).labels == texts{"a", text}));
    CHECK(notes.count({.labels = text}) == 1);
    CHECK(notes.rename_tag(text, text + "2") == 1);
    CHECK((notes.get(id).labels == texts{"a", text + "2"}));
    CHECK(notes.rename_tag(text + "2", text) == 1);
    CHECK(notes.remove_tags(id, {text}));
    CHECK(notes.get(id).labels == texts{"a"});
  });
}
