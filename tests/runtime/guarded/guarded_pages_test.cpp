// SPDX-License-Identifier: MIT
// Pages by key and analytics of guarded tables: the tenant's rows, and those that are seen.
#include "runtime/guarded/office_database.hpp"
#include "support/catch.hpp"

using namespace forge_db;
using namespace office;
using tests::office_database;

TEST_CASE("pages by key and analytics leave another tenant's rows alone") {
  office_database().write([](auto& session) {
    DocumentRepository const mail(session, "mail");
    DocumentRepository const chat(session, "chat");
    for (auto const* name : {"a", "c", "e"}) mail.insert({.name = name, .number = name[0]});
    for (auto const* name : {"b", "d", "x"}) chat.insert({.name = name, .number = name[0]});

    auto const first = mail.page_after({}, {DocumentSort::name}, {}, 2);
    CHECK(first.rows.size() == 2);
    CHECK(first.has_next);
    auto const second = chat.page_after({}, {DocumentSort::name}, first.end, 5);  // a cursor is no permission
    REQUIRE(second.rows.size() == 2);
    CHECK(second.rows[0].name == "d");
    CHECK(second.rows[1].name == "x");
    CHECK(mail.page_before({}, {DocumentSort::name}, first.end, 5).rows.size() == 2);
    CHECK(mail.list_ordered({}, {DocumentSort::name}).total == 3);
    CHECK(mail.totals().n == 3);
    CHECK(mail.totals().highest == 'e');
    CHECK(chat.totals({.name = "a"}).n == 0);
  });
}

TEST_CASE("pages by key and analytics see the rows that their repository sees") {
  office_database().write([](auto& session) {
    NoteRepository const notes(session);
    for (auto const* slug : {"a", "b", "c"}) notes.insert({.slug = slug});
    notes.remove(notes.list().rows.at(1).id);
    CHECK(notes.page_after({}, {NoteSort::slug}).rows.size() == 2);
    CHECK(notes.only_deleted().page_after({}, {NoteSort::slug}).rows.at(0).slug == "b");
    CHECK(notes.with_deleted().page_before({}, {NoteSort::slug}).rows.size() == 3);
    CHECK(notes.totals().n == 2);
    CHECK(notes.only_deleted().totals().n == 1);
    CHECK(notes.with_deleted().totals().n == 3);
  });
}
