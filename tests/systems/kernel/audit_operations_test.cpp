// SPDX-License-Identifier: MIT
#include "systems/kernel/operations.hpp"

#include <audit.hpp>
#include <string>
#include <vector>

using namespace forge_db;
using kernel::AuditLog;
using kernel::app::action_count;
using kernel::app::log_list;
using tests::texts;
using tests::writing;
using audit_trail = kernel::app::audit_trail<writing>;
using whole_audit = kernel::app::whole_audit<writing>;

namespace {

texts ids_in(std::vector<AuditLog> const& logs) {
  texts all;
  for (AuditLog const& one : logs) all.push_back(one.resource_id.value_or(""));
  return all;
}

/// Entries 1 to 6, of which the odd ones are mail's; 1, 3 and 5 are of days of their own, 2, 4 and 6 of one time.
void fill(tests::system_database& db) {
  db->write([](writing& s) {
    for (int i = 1; i <= 6; ++i) {
      audit_trail{s, i % 2 == 1 ? "mail" : "chat"}.log_action(i < 5 ? "create" : "delete",
                                                              i % 3 == 0 ? "document" : "setting", std::to_string(i));
    }
  });
  sqlite::connection::open(db.file()).execute_script(
      "update audit_log set timestamp = '2026-01-0' || (case when app_id = 'mail' then resource_id "
      "else 9 end) || ' 12:00:00.000000'");
}

}  // namespace

TEST_CASE("AuditRepository.log_action: the entry, of now; details are an object, and an empty one is nothing") {
  tests::system_database db;
  db->write([](writing& s) {
    audit_trail const mail{s, "mail"};
    auto const before = timestamp::now();
    auto const entry = mail.log_action("update", "settings", {}, json::parse("{\"keys\": [\"theme\"]}"));
    CHECK(entry.app_id == "mail");
    CHECK(entry.action == "update");
    CHECK(entry.resource_type == "settings");
    CHECK_FALSE(entry.resource_id);
    CHECK(entry.details_json == json::parse("{\"keys\": [\"theme\"]}"));
    CHECK(entry.timestamp >= before);
    CHECK_FALSE(mail.log_action("delete", "document", "d1", json::parse("{}")).details_json);
    CHECK_THROWS_AS(mail.log_action("x", "y", {}, json::parse("[1]")), invalid_value);
    CHECK(mail.count_logs() == 2);
  });
}

TEST_CASE("AuditRepository.list_logs: the latest first, 50 of them, with the number of all") {
  tests::system_database db;
  fill(db);
  db->read([](sqlite::read_session& s) {
    kernel::app::audit_trail<sqlite::read_session> const mail{s, "mail"};
    auto const all = mail.list_logs();
    CHECK(ids_in(all.logs) == texts{"5", "3", "1"});
    CHECK(all.total == 3);
    auto const part = mail.list_logs({.limit = 1, .offset = 1});
    CHECK(ids_in(part.logs) == texts{"3"});
    CHECK(part.total == 3);
    CHECK_THROWS_AS(mail.list_logs({.limit = 0}), invalid_value);
    CHECK_THROWS_AS(mail.list_logs({.limit = 201}), invalid_value);
    CHECK_THROWS_AS(mail.list_logs({.offset = -1}), invalid_value);
  });
  db->write([](writing& s) {
    audit_trail const other{s, "other"};
    for (int i = 0; i < 60; ++i) other.log_action("create", "document");
    CHECK(other.list_logs().logs.size() == 50);
  });
}

TEST_CASE("AuditRepository.list_logs: entries of one time are in one order, so that no stretch overlaps another") {
  tests::system_database db;
  fill(db);
  db->read([](sqlite::read_session& s) {
    kernel::app::audit_trail<sqlite::read_session> const chat{s, "chat"};
    auto const all = chat.list_logs().logs;
    REQUIRE(all.size() == 3);
    CHECK((all[0].id > all[1].id && all[1].id > all[2].id));
    texts one_by_one;
    for (int offset = 0; offset < 3; ++offset) {
      one_by_one.push_back(ids_in(chat.list_logs({.limit = 1, .offset = offset}).logs).at(0));
    }
    CHECK(one_by_one == ids_in(all));
    auto const first = chat.logs_after({}, 2);
    CHECK(first.rows.size() == 2);
    CHECK(chat.logs_after(first.end, 2).rows.at(0).id == all[2].id);
    CHECK_THROWS_AS(chat.logs_after({}, 201), invalid_value);
  });
}

TEST_CASE("AuditRepository.count_logs: of the own application only") {
  tests::system_database db;
  fill(db);
  db->read([](sqlite::read_session& s) {
    CHECK(kernel::app::audit_trail{s, "mail"}.count_logs() == 3);
    CHECK(kernel::app::audit_trail{s, "none"}.count_logs() == 0);
  });
}

TEST_CASE("old entries are pruned, those of one application or of all") {
  tests::system_database db;
  fill(db);
  db->write([](writing& s) {
    audit_trail const mail{s, "mail"};
    CHECK(mail.prune_logs(*parse_timestamp("2026-01-03 12:00:00.000000")) == 1);
    CHECK(ids_in(mail.list_logs().logs) == texts{"5", "3"});
    CHECK(mail.prune_logs(*parse_timestamp("2027-01-01 00:00:00.000000")) == 2);
    CHECK(audit_trail{s, "chat"}.count_logs() == 3);
    CHECK(whole_audit{s}.prune_all_logs(*parse_timestamp("2027-01-01 00:00:00.000000")) == 3);
    CHECK(whole_audit{s}.count_all_logs() == 0);
  });
}

TEST_CASE("AuditRepository.list_all_logs: of all applications, narrowed exactly") {
  tests::system_database db;
  fill(db);
  db->read([](sqlite::read_session& s) {
    kernel::app::whole_audit const all{s};
    auto const latest = all.list_all_logs();
    CHECK(latest.total == 6);
    REQUIRE(latest.logs.size() == 6);
    CHECK(latest.logs[0].app_id == "chat");
    CHECK(latest.logs[5].resource_id == "1");
    auto const created = all.list_all_logs({}, {.action = "create"});
    CHECK(created.total == 4);
    CHECK(created.logs.size() == 4);
    auto const both = all.list_all_logs({}, {.action = "create", .resource_type = "document"});
    CHECK(ids_in(both.logs) == texts{"3"});
    CHECK(all.list_all_logs({}, {.action = "creat"}).logs.empty());
    CHECK(all.list_all_logs({.limit = 2, .offset = 5}).logs.size() == 1);
    CHECK_THROWS_AS(all.list_all_logs({.limit = 201}), invalid_value);
  });
}

TEST_CASE("AuditRepository.count_all_logs: of all applications, narrowed exactly") {
  tests::system_database db;
  fill(db);
  db->read([](sqlite::read_session& s) {
    kernel::app::whole_audit const all{s};
    CHECK(all.count_all_logs() == 6);
    CHECK(all.count_all_logs({.resource_type = "document"}) == 2);
    CHECK(all.count_all_logs({.action = "delete", .resource_type = "setting"}) == 1);
  });
}

TEST_CASE("AuditRepository.get_summary: how often each application did what") {
  tests::system_database db;
  fill(db);
  db->read([](sqlite::read_session& s) {
    texts lines;
    for (action_count const& one : kernel::app::whole_audit{s}.get_summary()) {
      lines.push_back(one.app_id + ' ' + one.action + ' ' + std::to_string(one.count));
    }
    CHECK(lines == texts{"chat create 2", "chat delete 1", "mail create 2", "mail delete 1"});
  });
}
