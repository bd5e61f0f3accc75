// SPDX-License-Identifier: MIT
#include "systems/kernel/operations.hpp"

#include <storage.hpp>
#include <string>

using namespace forge_db;
using kernel::AppCollectionId;
using kernel::AppDocumentId;
using kernel::app::name_taken;
using kernel::app::refused;
using tests::names_of;
using tests::texts;
using tests::writing;
using documents = kernel::app::storage<writing>;

TEST_CASE("AppStorageRepository.list_collections: the roots, or those below one, by name and in pages") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const b = mail.create_collection("b");
    for (char const* name : {"a", "c"}) mail.create_collection(name);
    mail.create_collection("inner", b.id);
    documents{s, "chat"}.create_collection("other");
    auto const roots = mail.list_collections();
    CHECK(names_of(roots.rows) == texts{"a", "b", "c"});
    CHECK(names_of(mail.list_collections(b.id).rows) == texts{"inner"});
    CHECK(mail.list_collections(AppCollectionId{uuid_v4()}).rows.empty());
    CHECK(documents{s, "chat"}.list_collections(b.id).rows.empty());
    auto const second = mail.list_collections({}, {.page = 2, .per_page = 2});
    CHECK(names_of(second.rows) == texts{"c"});
    CHECK(second.total == 3);
    CHECK_THROWS_AS(mail.list_collections({}, {.per_page = 1001}), invalid_value);
  });
}

TEST_CASE("AppStorageRepository.create_collection: the parent is there and of the same application, the name is free") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const root = mail.create_collection("notes");
    CHECK(root.app_id == "mail");
    CHECK_FALSE(root.parent_id);
    auto const inner = mail.create_collection("notes", root.id);
    CHECK(inner.parent_id == root.id);
    CHECK_THROWS_AS(mail.create_collection("notes"), name_taken);
    CHECK_THROWS_AS(mail.create_collection("notes", root.id), name_taken);
    CHECK_NOTHROW(documents{s, "chat"}.create_collection("notes"));
    CHECK_THROWS_WITH(mail.create_collection("x", AppCollectionId{uuid_v4()}), "Parent collection not found");
    CHECK_THROWS_AS((documents{s, "chat"}.create_collection("x", root.id)), refused);
    CHECK(mail.list_collections().total == 1);
  });
}

TEST_CASE("AppStorageRepository.delete_collection: those below it and their documents go, too") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const outer = mail.create_collection("outer");
    auto const inner = mail.create_collection("inner", outer.id);
    mail.create_document({.name = "deep", .collection = inner.id});
    mail.create_document({.name = "loose"});
    CHECK_FALSE((documents{s, "chat"}.delete_collection(outer.id)));
    CHECK(mail.delete_collection(outer.id));
    CHECK_FALSE(mail.delete_collection(outer.id));
    CHECK(mail.list_collections(outer.id).rows.empty());
    CHECK(names_of(mail.list_documents().rows) == texts{"loose"});
  });
}

TEST_CASE("AppStorageRepository.list_documents: of a collection, or all of the application, the latest first") {
  tests::system_database db;
  AppCollectionId collection;
  db->write([&](writing& s) {
    documents const mail{s, "mail"};
    collection = mail.create_collection("c").id;
    for (char const* name : {"1", "2"}) mail.create_document({.name = name, .collection = collection});
    mail.create_document({.name = "3"});
    documents{s, "chat"}.create_document({.name = "other"});
  });
  sqlite::connection::open(db.file()).execute_script(
      "update app_documents set created_at = '2026-01-0' || name || ' 00:00:00.000000' "
      "where app_id = 'mail'");
  db->read([&](sqlite::read_session& s) {
    kernel::app::storage<sqlite::read_session> const mail{s, "mail"};
    CHECK(names_of(mail.list_documents().rows) == texts{"3", "2", "1"});
    CHECK(names_of(mail.list_documents(collection).rows) == texts{"2", "1"});
    auto const second = mail.list_documents({}, {.page = 2, .per_page = 2});
    CHECK(names_of(second.rows) == texts{"1"});
    CHECK(second.total == 3);
    CHECK_THROWS_AS(mail.list_documents({}, {.per_page = 201}), invalid_value);

    auto const first = mail.documents_after({}, {}, 2);
    CHECK(names_of(first.rows) == texts{"3", "2"});
    CHECK(names_of(mail.documents_after({}, first.end, 2).rows) == texts{"1"});
    CHECK(names_of(mail.documents_after(collection, first.end).rows) == texts{"1"});
  });
}

TEST_CASE("AppStorageRepository.get_document: of the own application only") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const made =
        mail.create_document({.name = "d", .content = "not parsed", .metadata = json::parse("{\"a\": 1}")});
    auto const found = mail.get_document(made.id);
    REQUIRE(found);
    CHECK(found->content == "not parsed");
    CHECK(found->content_type == "application/json");
    CHECK(found->metadata_json == json::parse("{\"a\": 1}"));
    CHECK_FALSE((documents{s, "chat"}.get_document(made.id)));
    CHECK_FALSE(mail.get_document(AppDocumentId{uuid_v4()}));
  });
}

TEST_CASE("AppStorageRepository.create_document: collections of the application, objects as metadata, a limit") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const collection = mail.create_collection("c").id;
    CHECK(mail.create_document({.name = "d", .collection = collection}).collection_id == collection);
    CHECK_NOTHROW(mail.create_document({.name = "d", .content_type = "text/plain"}));  // names repeat
    CHECK_FALSE(mail.create_document({.name = "e", .metadata = json::parse(" { } ")}).metadata_json);
    CHECK_THROWS_AS(mail.create_document({.name = "f", .metadata = json::parse("[]")}), invalid_value);
    CHECK_THROWS_WITH(mail.create_document({.name = "f", .collection = AppCollectionId{uuid_v4()}}),
                      "Collection not found");
    CHECK_THROWS_AS((documents{s, "chat"}.create_document({.name = "f", .collection = collection})), refused);
    CHECK_NOTHROW(mail.create_document({.name = "fourth"}, 4));
    CHECK_THROWS_AS(mail.create_document({.name = "fifth"}, 4), quota_exceeded);
    CHECK(mail.list_documents().total == 4);
    CHECK(documents{s, "chat"}.list_documents().total == 0);
  });
}

TEST_CASE("AppStorageRepository.update_document: unset fields stay, updated_at moves, null takes away") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const collection = mail.create_collection("c").id;
    auto const made = mail.create_document(
        {.name = "d", .content = "one", .collection = collection, .metadata = json::parse("{\"a\": 1}")});
    auto const changed = mail.update_document(made.id, {.content = "two"});
    REQUIRE(changed);
    CHECK(changed->content == "two");
    CHECK(changed->name == "d");
    CHECK(changed->collection_id == collection);
    CHECK(changed->metadata_json == made.metadata_json);
    CHECK(changed->created_at == made.created_at);
    CHECK(changed->updated_at > made.updated_at);
    CHECK(mail.update_document(made.id, {})->updated_at > changed->updated_at);
    auto const cleared = mail.update_document(made.id, {.metadata = null, .collection = null});
    CHECK_FALSE(cleared->metadata_json);
    CHECK_FALSE(cleared->collection_id);
    CHECK_FALSE(mail.update_document(made.id, {.metadata = json::parse("{}")})->metadata_json);
    CHECK_FALSE(mail.update_document(AppDocumentId{uuid_v4()}, {.name = "x"}));
    CHECK_FALSE((documents{s, "chat"}.update_document(made.id, {.name = "x"})));
    auto const foreign = documents{s, "chat"}.create_collection("c").id;
    CHECK_THROWS_AS(mail.update_document(made.id, {.name = "x", .collection = foreign}), refused);
    CHECK(mail.get_document(made.id)->name == "d");
  });
}

TEST_CASE("AppStorageRepository.update_document: what was changed since it was read is not written over") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const read = mail.create_document({.name = "d", .content = "one"});
    auto const next = mail.update_document(read.id, {.content = "two", .expected = read.updated_at});
    REQUIRE(next);
    CHECK_THROWS_AS(mail.update_document(read.id, {.content = "three", .expected = read.updated_at}), stale_row);
    CHECK(mail.get_document(read.id)->content == "two");
    CHECK_NOTHROW(mail.update_document(read.id, {.content = "three", .expected = next->updated_at}));
  });
}

TEST_CASE("AppStorageRepository.update_document: each version has a time of its own, also when the clock went back") {
  tests::system_database db;
  AppDocumentId id;
  db->write([&](writing& s) { id = documents{s, "mail"}.create_document({.name = "d"}).id; });
  sqlite::connection::open(db.file()).execute_script(
      "update app_documents set updated_at = '2999-01-01 00:00:00.000000'");
  db->write([&](writing& s) {
    documents const mail{s, "mail"};
    auto const read = mail.get_document(id).value();
    CHECK(mail.update_document(id, {.content = "two"})->updated_at > read.updated_at);
    CHECK_THROWS_AS(mail.update_document(id, {.content = "three", .expected = read.updated_at}), stale_row);
  });
}

TEST_CASE("AppStorageRepository.delete_document: of the own application only") {
  tests::system_database db;
  db->write([](writing& s) {
    documents const mail{s, "mail"};
    auto const id = mail.create_document({.name = "d"}).id;
    CHECK_FALSE((documents{s, "chat"}.delete_document(id)));
    CHECK(mail.delete_document(id));
    CHECK_FALSE(mail.delete_document(id));
  });
}
