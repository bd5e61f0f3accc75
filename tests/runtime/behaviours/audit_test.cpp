// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/accounts_repository.hpp>
#include <desk/audit_log_repository.hpp>

#include <forge_db/query/render.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace forge_db;
using namespace desk;
using texts = std::vector<std::string>;

namespace {

using account_repository = AccountRepository<sqlite::write_session>;

static_assert(account_repository::watches_changes, "functions for many rows at once would write past the trail");

std::vector<AuditLog> trail(sqlite::write_session& session) { return AuditLogRepository{session}.list().rows; }

NewAccount ada() { return {.email = "ada@example.org", .password = "s3cret"}; }

}  // namespace

TEST_CASE("an insert is logged with who, what, which and the values") {
  tests::desk_database db;
  change_context const as{"root", "set-up"};
  db->write([](sqlite::write_session& session) {
    auto const made = account_repository{session}.insert(ada());
    auto const lines = trail(session);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].actor == "root");
    CHECK(lines[0].action == "insert");
    CHECK(lines[0].entity == "accounts");
    CHECK(lines[0].entity_id == uuid_text(made.id.value()));
    CHECK(lines[0].note == "set-up");
    CHECK(lines[0].at >= made.created_at);
    auto const values = lines[0].changes->text();
    CHECK(values.find(R"("email": "ada@example.org")") != std::string::npos);
    CHECK(values.find(R"("balance": "0.00")") != std::string::npos);
    CHECK(values.find("profile") == std::string::npos);
  });
}

TEST_CASE("an update is logged with what it changed, and only if it changed something") {
  tests::desk_database db;
  change_context const as{"root"};
  db->write([](sqlite::write_session& session) {
    account_repository accounts{session};
    auto const id = accounts.insert(ada()).id;
    CHECK(accounts.update(id, {.email = "ada@b.c", .profile = json::parse(R"({"a":1})")}));
    CHECK(accounts.update(id, {.email = "ada@b.c"}));
    CHECK(accounts.update(id, {.profile = null}));
    CHECK_FALSE(accounts.update(AccountId{}, {.email = "x"}));
    auto const lines = trail(session);
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].action == "update");
    CHECK(lines[1].changes->text() ==
          R"({"email": {"from": "ada@example.org", "to": "ada@b.c"}, "profile": {"from": null, "to": {"a":1}}})");
    CHECK(lines[2].changes->text() == R"({"profile": {"from": {"a":1}, "to": null}})");
    CHECK_FALSE(lines[2].note);
  });
}

TEST_CASE("secrets are masked, and that they changed is told") {
  tests::desk_database db;
  change_context const as{"root"};
  db->write([](sqlite::write_session& session) {
    account_repository accounts{session};
    auto const id = accounts.insert(ada()).id;
    accounts.update(id, {.password = "n3w"});
    accounts.update(id, {.password = "n3w"});
    accounts.remove(id);
    auto const lines = trail(session);
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].changes->text() == R"({"password": {"from": "<secret>", "to": "<secret>"}})");
    for (auto const& line : lines) {
      CHECK(line.changes->text().find("s3cret") == std::string::npos);
      CHECK(line.changes->text().find("n3w") == std::string::npos);
    }
  });
}

TEST_CASE("a removal is logged with the values that are gone") {
  tests::desk_database db;
  change_context const as{"root"};
  db->write([](sqlite::write_session& session) {
    account_repository accounts{session};
    auto const id = accounts.insert(ada()).id;
    CHECK(accounts.remove(id));
    CHECK_FALSE(accounts.remove(id));
    auto const lines = trail(session);
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].action == "remove");
    CHECK(lines[1].changes->text().find("ada@example.org") != std::string::npos);
    CHECK_FALSE(accounts.exists(id));
  });
}

TEST_CASE("each row of many is logged, and a program's own lines are") {
  tests::desk_database db;
  change_context const as{"root"};
  db->write([](sqlite::write_session& session) {
    account_repository accounts{session};
    NewAccount const two[] = {ada(), {.email = "b@b.c", .password = "x"}};
    CHECK(accounts.insert_many(two) == 2);
    accounts.log("export", AccountId{}, R"({"rows": 2})");
    accounts.log("sleep", AccountId{});
    auto const lines = trail(session);
    REQUIRE(lines.size() == 4);
    CHECK(lines[2].action == "export");
    CHECK(lines[2].changes->text() == R"({"rows": 2})");
    CHECK_FALSE(lines[3].changes);
  });
}

TEST_CASE("a change without an actor is refused where the trail needs one, and undone") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    account_repository accounts{session};
    CHECK_THROWS_AS(accounts.insert(ada()), invalid_value);
    CHECK(accounts.count() == 0);
    CHECK(trail(session).empty());
  });
}

TEST_CASE("what the trail refuses undoes the change, also where the session goes on") {
  tests::desk_database db;
  change_context const as{"root"};
  db->write([](sqlite::write_session& session) {
    account_repository accounts{session};
    auto const id = accounts.insert(ada()).id;
    session.connection().execute_script(
        "create trigger full before insert on audit_log begin select raise(abort, 'full'); end");
    CHECK_THROWS_AS(accounts.update(id, {.email = "x"}), constraint_violation);
    CHECK_THROWS_AS(accounts.remove(id), constraint_violation);
    CHECK_THROWS_AS(accounts.insert({.email = "b", .password = "x"}), constraint_violation);
    CHECK(accounts.get(id).email == "ada@example.org");
    CHECK(accounts.count() == 1);
  });
}

TEST_CASE("contexts nest, and are of their thread") {
  CHECK(change_context::current() == nullptr);
  change_context const outer{"a", "x"};
  {
    change_context const inner{"b"};
    CHECK(change_context::current()->actor() == "b");
    CHECK(change_context::current()->note().empty());
    bool alone = false;
    std::thread([&] { alone = change_context::current() == nullptr; }).join();
    CHECK(alone);
  }
  CHECK(change_context::current()->actor() == "a");
}

TEST_CASE("text that is no UTF-8, and JSON that is none, can be logged and repaired") {
  tests::desk_database db;
  change_context const as{"root"};
  db->write([](sqlite::write_session& session) {
    account_repository accounts{session};
    auto const id = accounts.insert({.email = "\xff", .password = "x"}).id;
    session.connection().execute_script("update accounts set profile = '{oops'");
    CHECK(accounts.update(id, {.profile = json::parse("{}")}));
    auto const lines = trail(session);
    REQUIRE(lines.size() == 2);
    CHECK(json::try_parse(lines[0].changes->text()));
    CHECK(lines[1].changes->text() == R"({"profile": {"from": "{oops", "to": {}}})");
  });
}

TEST_CASE("an insert is two statements, an update and a removal three") {
  tests::desk_database db;
  change_context const as{"root"};
  AccountId id{};
  CHECK(db.statements([&](sqlite::write_session& s) { id = account_repository{s}.insert(ada()).id; }).size() == 2);
  CHECK(db.statements([&](sqlite::write_session& s) { account_repository{s}.update(id, {.email = "x"}); }).size() == 3);
  CHECK(db.statements([&](sqlite::write_session& s) { account_repository{s}.remove(id); }).size() == 3);
}

TEST_CASE("the text of a line of the trail") {
  CHECK(
      sql_text<forge_db::detail::log_change<Account>, dialect::postgres> ==
      R"(insert into "audit_log" ("actor", "action", "entity", "entity_id", "changes", "note", "at") values ($1, $2, )"
      R"($3, $4, $5, $6, $7))");
}
