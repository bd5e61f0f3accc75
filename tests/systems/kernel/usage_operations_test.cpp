// SPDX-License-Identifier: MIT
#include "systems/kernel/operations.hpp"

#include <string>
#include <thread>
#include <usage.hpp>
#include <vector>

using namespace forge_db;
using tests::texts;
using tests::writing;
using usage = kernel::app::usage<writing>;
using whole_usage = kernel::app::whole_usage<writing>;

namespace {

timestamp const noon = *parse_timestamp("2026-02-20 12:59:59.000000");
timestamp const one_o_clock = *parse_timestamp("2026-02-20 13:00:00.000000");

texts lines_of(std::vector<kernel::AppUsage> const& counters) {
  texts lines;
  for (auto const& each : counters) {
    lines.push_back(each.app_id + ' ' + each.resource + ' ' + each.period + ' ' + std::to_string(each.count));
  }
  return lines;
}

}  // namespace

TEST_CASE("AuditRepository.get_usage: of the hour, and 0 where nothing was counted") {
  tests::system_database db;
  db->write([](writing& s) {
    usage const mail{s, "mail"};
    CHECK(mail.get_usage("api_calls", noon) == 0);
    mail.increment_usage("api_calls", noon);
    CHECK(mail.get_usage("api_calls", noon) == 1);
    CHECK(mail.get_usage("api_calls", one_o_clock) == 0);
    CHECK(mail.get_usage("documents", noon) == 0);
    CHECK(usage{s, "chat"}.get_usage("api_calls", noon) == 0);
  });
}

TEST_CASE("AuditRepository.increment_usage: the new count, and a new hour begins at 0") {
  tests::system_database db;
  db->write([](writing& s) {
    usage const mail{s, "mail"};
    CHECK(mail.increment_usage("api_calls", noon) == 1);
    CHECK(mail.increment_usage("api_calls", noon) == 2);
    CHECK(mail.increment_usage("api_calls", one_o_clock) == 1);
    CHECK(lines_of(mail.get_all_usage(noon)) == texts{"mail api_calls 2026-02-20T12 2"});
  });
}

TEST_CASE("AuditRepository.increment_usage: no count is lost when several threads count at once") {
  tests::system_database db;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        db->write([](writing& s) { usage{s, "mail"}.increment_usage("api_calls", noon); });
      }
    });
  }
  for (std::thread& each : threads) each.join();
  db->read([](sqlite::read_session& s) {
    CHECK(lines_of(kernel::app::usage{s, "mail"}.get_all_usage(noon)) == texts{"mail api_calls 2026-02-20T12 40"});
  });
}

TEST_CASE("AuditRepository.get_all_usage: the counters of the hour, by resource") {
  tests::system_database db;
  db->write([](writing& s) {
    usage const mail{s, "mail"};
    mail.increment_usage("documents", noon);
    mail.increment_usage("api_calls", noon);
    mail.increment_usage("api_calls", one_o_clock);
    usage{s, "chat"}.increment_usage("api_calls", noon);
    CHECK(lines_of(mail.get_all_usage(noon)) ==
          texts{"mail api_calls 2026-02-20T12 1", "mail documents 2026-02-20T12 1"});
    CHECK(usage{s, "none"}.get_all_usage(noon).empty());
  });
}

TEST_CASE("check_quota: counts up to the limit of the resource, and then counts no more") {
  tests::system_database db;
  db->write([](writing& s) {
    usage const mail{s, "mail"};
    kernel::app::quotas const limits{.max_api_calls_per_hour = 2, .max_documents = 1};
    CHECK(mail.check_quota("api_calls", limits, noon).remaining() == 1);
    CHECK(mail.check_quota("api_calls", limits, noon).used == 2);
    CHECK_THROWS_AS(mail.check_quota("api_calls", limits, noon), quota_exceeded);
    CHECK(mail.get_usage("api_calls", noon) == 2);
    CHECK(mail.check_quota("api_calls", limits, one_o_clock).used == 1);
    CHECK(mail.check_quota("documents", limits, noon).remaining() == 0);
    CHECK_THROWS_AS(mail.check_quota("documents", limits, noon), quota_exceeded);
    for (int i = 0; i < 5; ++i) mail.check_quota("llm", limits, noon);  // has no limit
    CHECK(mail.get_usage("llm", noon) == 5);
    CHECK(usage{s, "chat"}.check_quota("api_calls", {}, noon).remaining() == 999);
    CHECK(usage{s, "chat"}.check_quota("documents", {}, noon).remaining() == 9999);
  });
}

TEST_CASE("AuditRepository.get_all_apps_usage: the counters of the hour, by application and resource") {
  tests::system_database db;
  db->write([](writing& s) {
    usage{s, "mail"}.increment_usage("documents", noon);
    usage{s, "mail"}.increment_usage("api_calls", noon);
    usage{s, "chat"}.increment_usage("llm", noon);
    usage{s, "chat"}.increment_usage("llm", one_o_clock);
    texts const all{"chat llm 2026-02-20T12 1", "mail api_calls 2026-02-20T12 1", "mail documents 2026-02-20T12 1"};
    CHECK(lines_of(whole_usage{s}.get_all_apps_usage(noon)) == all);
    CHECK(lines_of(whole_usage{s}.get_all_apps_usage(noon, 2)) == texts{all[2]});
  });
}

TEST_CASE("counters of old hours are pruned") {
  tests::system_database db;
  db->write([](writing& s) {
    usage const mail{s, "mail"};
    mail.increment_usage("api_calls", noon);
    mail.increment_usage("api_calls", one_o_clock);
    CHECK(whole_usage{s}.prune_usage(one_o_clock) == 1);
    CHECK(mail.get_usage("api_calls", noon) == 0);
    CHECK(mail.get_usage("api_calls", one_o_clock) == 1);
  });
}
