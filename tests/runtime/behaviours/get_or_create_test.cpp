// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/people_repository.hpp>

#include <forge_db/query/render.hpp>

using namespace forge_db;
using namespace desk;

TEST_CASE("get_or_create inserts what is not there, with its defaults") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const made = PersonRepository{session}.get_or_create({.email = "ada@example.org", .name = "Ada"});
    CHECK(made.created);
    CHECK(made.row.name == "Ada");
    CHECK(made.row.token != uuid{});
    CHECK(PersonRepository{session}.get(made.row.id).email == "ada@example.org");
  });
}

TEST_CASE("get_or_create answers what is there, and leaves it as it is") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    PersonRepository people{session};
    auto const first = people.get_or_create({.email = "ada@example.org", .name = "Ada"});
    auto const second = people.get_or_create({.email = "ada@example.org", .name = "Augusta"});
    CHECK_FALSE(second.created);
    CHECK(second.row.id == first.row.id);
    CHECK(second.row.name == "Ada");
    CHECK(second.row.token == first.row.token);
    CHECK(people.count() == 1);
  });
}

TEST_CASE("get_or_create is one statement for a new row, two for one that is there") {
  tests::desk_database db;
  auto const ask = [](sqlite::write_session& session) { PersonRepository{session}.get_or_create({.email = "a@b.c"}); };
  CHECK(db.statements(ask).size() == 1);
  CHECK(db.statements(ask).size() == 2);
}

TEST_CASE("get_or_create passes on the violation of another constraint") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    PersonRepository people{session};
    auto const taken = people.get_or_create({.email = "a@b.c"}).row.id;
    CHECK_THROWS_AS(people.get_or_create({.id = taken, .email = "other@b.c"}), constraint_violation);
  });
}

TEST_CASE("get_or_create says so when a trigger keeps the row out") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    session.connection().execute_script(
        "create trigger no_people before insert on people begin select raise(ignore); end");
    CHECK_THROWS_AS(PersonRepository{session}.get_or_create({.email = "a@b.c"}), not_found);
  });
}

TEST_CASE("the texts of get_or_create on both dialects") {
  using target = repository_traits<Person>::get_or_create;
  using insert = forge_db::detail::insert_unless_there<Person, target>;
  CHECK(sql_text<insert, dialect::sqlite> ==
        R"(insert into "people" ("id", "email", "name", "token") values (?, ?, ?, ?) on conflict ("email") do nothing )"
        R"(returning "id", "email", "name", "token")");
  CHECK(sql_text<insert, dialect::postgres> ==
        R"(insert into "people" ("id", "email", "name", "token") values (coalesce($1, )"
        R"(nextval(pg_get_serial_sequence('"people"', 'id'))), $2, $3, $4) on conflict ("email") do nothing )"
        R"(returning "id", "email", "name", "token")");
  CHECK(sql_text<forge_db::detail::find_alike<Person, target>, dialect::postgres> ==
        R"(select "id", "email", "name", "token" from "people" where "email" = $1)");
}
