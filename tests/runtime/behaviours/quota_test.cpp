// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/app_usage_repository.hpp>
#include <desk/daily_visits_repository.hpp>
#include <desk/draft_revisions.hpp>

#include <forge_db/query/render.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <tuple>

using namespace forge_db;
using namespace desk;
using namespace std::chrono_literals;

namespace {

/// 2026-02-20 14:59:59.999999
constexpr timestamp end_of_hour = std::chrono::sys_days{2026y / 2 / 20} + 15h - 1us;
constexpr timestamp next_hour = end_of_hour + 1us;

}  // namespace

TEST_CASE("periods are told as text that sorts as time does") {
  CHECK(forge_db::detail::period_text(quota_period::hour, end_of_hour) == "2026-02-20T14");
  CHECK(forge_db::detail::period_text(quota_period::hour, next_hour) == "2026-02-20T15");
  CHECK(forge_db::detail::period_text(quota_period::day, end_of_hour) == "2026-02-20");
  CHECK(forge_db::detail::period_text(quota_period::month, end_of_hour) == "2026-02");
  CHECK(forge_db::detail::period_text(quota_period::year, end_of_hour) == "2026");
  CHECK(forge_db::detail::period_text(quota_period::hour, timestamp::min()) == "0001-01-01T00");
  CHECK(forge_db::detail::period_text(quota_period::hour, timestamp::from_unix_us(-1)) == "1969-12-31T23");
  CHECK_THROWS_AS(forge_db::detail::period_text(quota_period::year, timestamp::max() + 1us), invalid_value);
}

TEST_CASE("an integer that a column of a quota's key cannot hold names no counter") {
  constexpr column_list<draft_revisions::revision_t> key{};
  CHECK(forge_db::detail::given_values(key, std::size_t{7}) == std::tuple(7));
  CHECK_THROWS_AS(forge_db::detail::given_values(key, std::int64_t{1} << 32), invalid_value);
}

TEST_CASE("a quota is granted until its limit, and then refused without a change") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const calls = AppUsageRepository{session}.quota("mail", "api_calls").limited_to(10);
    CHECK(calls.consume(1, end_of_hour).remaining() == 9);
    CHECK(calls.consume(9, end_of_hour).remaining() == 0);
    CHECK_FALSE(calls.try_consume(1, end_of_hour));
    try {
      calls.consume(1, end_of_hour);
      FAIL("nothing was left");
    } catch (quota_exceeded const& refused) {
      CHECK(refused.code() == error_code::quota_exceeded);
      CHECK(refused.usage().used == 10);
      CHECK(refused.usage().limit == 10);
      CHECK(refused.usage().period == "2026-02-20T14");
    }
    CHECK(calls.usage(end_of_hour).used == 10);
  });
}

TEST_CASE("what does not fit as a whole is refused as a whole") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const calls = AppUsageRepository{session}.quota("mail", "api_calls").limited_to(10);
    CHECK_FALSE(calls.try_consume(11, end_of_hour));
    CHECK(AppUsageRepository{session}.count() == 0);
    calls.consume(4, end_of_hour);
    CHECK_FALSE(calls.try_consume(7, end_of_hour));
    CHECK(calls.consume(6, end_of_hour).remaining() == 0);
  });
}

TEST_CASE("a period begins at 0, and other keys count for themselves") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    AppUsageRepository usage{session};
    auto const calls = usage.quota("mail", "api_calls").limited_to(1);
    calls.consume(1, end_of_hour);
    CHECK(calls.consume(1, next_hour).used == 1);
    CHECK(usage.quota("news", "api_calls").consume(1, end_of_hour).used == 1);
    CHECK(usage.quota("mail", "documents").consume(1, end_of_hour).used == 1);
    CHECK(usage.count() == 4);
    CHECK(usage.count({.period = usage.period(end_of_hour)}) == 3);
    CHECK(usage.forget_before(next_hour) == 3);
    CHECK(calls.usage(next_hour).used == 1);
  });
}

TEST_CASE("the limit is the spec's unless the program names one; a lowered one refuses") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const calls = AppUsageRepository{session}.quota("mail", "api_calls");
    CHECK(calls.usage().limit == 1000);
    calls.consume(5, end_of_hour);
    auto const lowered = calls.limited_to(3);
    CHECK(lowered.usage(end_of_hour).remaining() == 0);
    CHECK_FALSE(lowered.try_consume(1, end_of_hour));
    CHECK_FALSE(calls.limited_to(0).try_consume(1, next_hour));
    CHECK_THROWS_AS(calls.limited_to(-1), invalid_value);
    CHECK(DailyVisitRepository{session}.quota().usage().limit == no_quota_limit);
  });
}

TEST_CASE("what was consumed can be given back, down to 0") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const calls = AppUsageRepository{session}.quota("mail", "api_calls").limited_to(3);
    CHECK(calls.give_back(1, end_of_hour).used == 0);
    calls.consume(3, end_of_hour);
    CHECK(calls.give_back(1, end_of_hour).remaining() == 1);
    CHECK(calls.give_back(5, end_of_hour).used == 0);
    CHECK(calls.consume(3, end_of_hour).used == 3);
    CHECK_THROWS_AS(calls.give_back(0), invalid_value);
    CHECK_THROWS_AS(calls.consume(0), invalid_value);
    CHECK_THROWS_AS(calls.consume(-1), invalid_value);
  });
}

TEST_CASE("a counter does not grow beyond its column") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const wide = DailyVisitRepository{session}.quota();
    std::int64_t const most = std::numeric_limits<std::int64_t>::max();
    CHECK(wide.consume(most - 1, end_of_hour).used == most - 1);
    CHECK_FALSE(wide.try_consume(2, end_of_hour));
    CHECK(wide.consume(1, end_of_hour).remaining() == 0);

    auto const narrow = AppUsageRepository{session}.quota("mail", "bytes").limited_to(most);
    CHECK_FALSE(narrow.try_consume(std::int64_t{1} << 31, end_of_hour));
    CHECK(narrow.consume((std::int64_t{1} << 31) - 1, end_of_hour).used == (std::int64_t{1} << 31) - 1);
    CHECK_FALSE(narrow.try_consume(1, end_of_hour));
  });
}

TEST_CASE("consume is one statement") {
  tests::desk_database db;
  for (int i = 0; i < 2; ++i) {
    CHECK(db.statements([](sqlite::write_session& s) { AppUsageRepository{s}.quota("m", "calls").consume(); }).size() ==
          1);
  }
}

TEST_CASE("the text of consume on both dialects") {
  CHECK(sql_text<forge_db::detail::consume_quota<DailyVisit>, dialect::sqlite> ==
        R"(insert into "daily_visits" ("day", "hits") values (?, ?) on conflict ("day") do update set "hits" = )"
        R"("daily_visits"."hits" + excluded."hits" where "daily_visits"."hits" <= cast(? as bigint) - excluded."hits" )"
        R"(returning "hits")");
  CHECK(
      sql_text<forge_db::detail::consume_quota<AppUsage>, dialect::postgres> ==
      R"(insert into "app_usage" ("app_id", "resource", "period", "count", "id", "updated_at") values ($1, $2, $3, $4, )"
      R"($5, $6) on conflict ("app_id", "resource", "period") do update set "count" = "app_usage"."count" + )"
      R"(excluded."count", "updated_at" = excluded."updated_at" where "app_usage"."count" <= cast($7 as bigint) - )"
      R"(excluded."count" returning "count")");
}
