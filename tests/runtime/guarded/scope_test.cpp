// SPDX-License-Identifier: MIT
// Every function of a repository with a scope, tried with what another tenant owns.
#include "runtime/guarded/office_database.hpp"
#include "support/catch.hpp"

#include <forge_db/repository/unscoped_repository.hpp>

using namespace forge_db;
using namespace office;
using tests::office_database;
using tests::violates;

namespace {

template <class Session>
std::string owners(Session& session, std::string const& table) {
  return tests::query_text(session, "select group_concat(app_id || ':' || name, ' ') from (select * from " + table +
                                        " order by app_id, name)");
}

}  // namespace

TEST_CASE("an insert writes the repository's tenant, and refuses rows that name another one") {
  office_database().write([](auto& session) {
    DocumentRepository const mail(session, "mail");
    CHECK(mail.insert({.name = "a", .number = 2}).app_id == "mail");
    CHECK(mail.insert({.app_id = "mail", .name = "b", .number = 3}).app_id == "mail");
    CHECK_THROWS_AS(mail.insert({.app_id = "chat", .name = "c"}), invalid_value);
    CHECK_THROWS_AS(mail.upsert({.app_id = "chat", .name = "c"}), invalid_value);

    std::vector<NewDocument> many{{.name = "d", .number = 4}, {.name = "e"}, {.app_id = "mail", .name = "f"}};
    CHECK(mail.insert_many(std::span(many).first(1)) == 1);
    auto const rows = mail.insert_many_returning(std::span(many).subspan(1, 1));
    CHECK(rows.at(0).app_id == "mail");
    many[2].number = 9;
    CHECK(mail.insert_many(std::span(many).subspan(2)) == 1);
    many[1] = {.app_id = "chat", .name = "g"};
    CHECK_THROWS_AS(mail.insert_many(std::span(many).subspan(1, 1)), invalid_value);
    CHECK_THROWS_AS(mail.insert_many_returning(std::span(many).subspan(1, 1)), invalid_value);
    CHECK(owners(session, "documents") == "mail:a mail:b mail:d mail:e mail:f");
  });
}

TEST_CASE("nothing reads another tenant's rows") {
  office_database().write([](auto& session) {
    DocumentRepository const mail(session, "mail");
    DocumentRepository const chat(session, "chat");
    Document const theirs = mail.insert({.name = "theirs", .number = 7});
    chat.insert({.name = "ours", .number = 7});

    CHECK_FALSE(chat.find(theirs.id));
    CHECK_FALSE(chat.exists(theirs.id));
    CHECK_THROWS_AS(chat.get(theirs.id), not_found);
    CHECK(chat.count() == 1);
    CHECK(chat.count({.name = "theirs"}) == 0);
    CHECK(chat.count({.number = {.from = 7, .to = 7}}) == 1);
    auto const page = chat.list({}, DocumentSort::number, direction::descending, {.page = 1, .per_page = 10});
    CHECK(page.total == 1);
    CHECK(page.rows.size() == 1);
    CHECK(page.rows.front().name == "ours");
    CHECK(chat.list({}, DocumentSort::name, std::nullopt, {.page = 2}).rows.empty());
  });
}

TEST_CASE("nothing writes another tenant's rows") {
  office_database().write([](auto& session) {
    FileRepository const mail(session, "mail");
    FileRepository const chat(session, "chat");
    File const theirs = mail.insert({.name = "theirs", .content = "secret"});
    File const deleted = mail.insert({.name = "deleted"});
    mail.remove(deleted.id);
    auto const before = mail.with_deleted().list().rows;

    for (auto const& ours : {chat, chat.with_deleted(), chat.only_deleted()}) {
      CHECK_FALSE(ours.find(theirs.id));
      CHECK_FALSE(ours.find(deleted.id));
      CHECK(ours.count() == 0);
      CHECK(ours.list().rows.empty());
      CHECK_THROWS_AS(ours.update(theirs.id, 1, {.content = "changed"}), not_found);
      CHECK_THROWS_AS(ours.update(theirs.id, 1, {}), not_found);
      CHECK_FALSE(ours.update_unchecked(theirs.id, {.content = "changed"}));
      CHECK_FALSE(ours.update_unchecked(theirs.id, {}));
      CHECK_THROWS_AS(ours.save(theirs), not_found);
      CHECK_FALSE(ours.remove(theirs.id));
      CHECK_THROWS_AS(ours.remove(theirs.id, 1), not_found);
      CHECK_FALSE(ours.restore(deleted.id));
      CHECK_FALSE(ours.purge(deleted.id));
      CHECK(ours.purge_deleted() == 0);
      CHECK(ours.purge_deleted(timestamp::now()) == 0);
    }
    auto const after = mail.with_deleted().list().rows;
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      CHECK(after[i].id == before[i].id);
      CHECK(after[i].content == before[i].content);
      CHECK(after[i].version == before[i].version);
      CHECK(after[i].deleted_at == before[i].deleted_at);
    }
  });
}

TEST_CASE("an upsert that meets another tenant's row fails, and leaves it") {
  office_database().write([](auto& session) {
    DocumentRepository const mail(session, "mail");
    DocumentRepository const chat(session, "chat");
    Document const theirs = mail.insert({.name = "a", .number = 1, .content = "secret"});
    CHECK(violates(error_code::primary_key_violation,
                   [&] { chat.upsert({.id = theirs.id, .name = "b", .content = "changed"}); }));
    CHECK(violates(error_code::unique_violation,
                   [&] { chat.upsert({.name = "a", .content = "changed"}, documents::name); }));
    CHECK(mail.get(theirs.id).content == "secret");
    CHECK(chat.count() == 0);

    CHECK(chat.upsert({.name = "c", .number = 1}, documents::app_id, documents::number).app_id == "chat");
    CHECK(chat.upsert({.name = "d", .number = 1}, documents::app_id, documents::number).name == "d");
    CHECK(chat.upsert({.id = chat.list().rows.front().id, .name = "e"}).name == "e");
    CHECK(owners(session, "documents") == "chat:e mail:a");
  });
}

TEST_CASE("a scope in the key holds, too: a key that names another tenant finds nothing") {
  office_database().write([](auto& session) {
    SettingRepository const mail(session, "mail");
    SettingRepository const chat(session, "chat");
    mail.insert({.name = "theme", .value = "dark"});
    CHECK(chat.upsert({.name = "theme", .value = "light"}).version == 1);
    CHECK(chat.upsert({.name = "theme", .value = "blue"}).version == 2);
    CHECK(mail.get({"mail", "theme"}).value == "dark");
    CHECK_FALSE(chat.find({"mail", "theme"}));
    CHECK_FALSE(chat.remove({"mail", "theme"}));
    CHECK_FALSE(chat.update_unchecked({"mail", "theme"}, {.value = "x"}));
    CHECK_THROWS_AS(chat.insert({.app_id = "mail", .name = "lang", .value = "x"}), invalid_value);
    CHECK(owners(session, "settings") == "chat:theme mail:theme");
  });
}

TEST_CASE("without its tenant, an insert of the query language is refused by the database") {
  office_database().write([](auto& session) {
    CHECK(violates(error_code::not_null_violation, [&] { session.execute(insert(NewDocument{.name = "a"})); }));
    CHECK(session.execute(insert(NewDocument{.app_id = "mail", .name = "a"})) == 1);
  });
}

TEST_CASE("who names the unscoped repository reads across tenants") {
  office_database().write([](auto& session) {
    FileRepository const mail(session, "mail");
    File const a = mail.insert({.name = "a"});
    File const b = FileRepository(session, "chat").insert({.name = "b"});
    mail.remove(a.id);
    auto const all = unscoped<File>(session);
    CHECK(all.find(b.id)->app_id == "chat");
    CHECK_FALSE(all.find(a.id));
    CHECK(all.with_deleted().find(a.id)->app_id == "mail");
    CHECK(all.count() == 1);
    CHECK(all.with_deleted().count({.name = "a"}) == 1);
    CHECK(all.only_deleted().list().rows.at(0).id == a.id);
    CHECK(all.with_deleted().list({}, FileSort::name, direction::descending).rows.at(0).id == b.id);
    CHECK(all.with_deleted().list().total == 2);
    CHECK(all.tenants() == std::vector<std::string>{"chat", "mail"});
  });
}
