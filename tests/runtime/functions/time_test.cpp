// SPDX-License-Identifier: MIT
// Functions of time in every storage, compared with the calendar of <chrono>.
#include "runtime/functions/measures_database.hpp"
#include "support/catch.hpp"

#include <forge_db/query/functions/time.hpp>

#include <chrono>
#include <tuple>
#include <vector>

using namespace forge_db;
using measures::Moment;
namespace columns = measures::moments;

namespace {

timestamp at(char const* text) { return *parse_timestamp(text); }

std::vector<timestamp> const moments{
    at("1970-01-01 00:00:00.000000"), at("1969-12-31 23:59:59.999999"), at("2024-12-30 00:00:00.000000"),
    at("2021-01-03 12:00:00.000001"), at("2000-02-29 23:00:00.123456"), at("2024-01-31 23:59:59.999999"),
    at("1900-03-31 05:06:07.000000"), at("2023-10-31 01:30:00.500000"), at("2026-12-31 13:14:15.161718")};

/// The moments in rows, and what a query of one of them answers.
template <class... Items>
auto selected(Items... items) {
  auto db = tests::measures_database();
  return db.write([&](auto& session) {
    std::vector<Moment> rows;
    for (auto const& moment : moments)
      rows.push_back(tests::moment_row(static_cast<std::int64_t>(rows.size()), moment));
    session.execute(insert(rows));
    return session.all(select(items...).template from<Moment>().order_by(columns::id.asc()));
  });
}

std::chrono::sys_days day_of(timestamp moment) { return std::chrono::floor<std::chrono::days>(moment.time_point()); }

/// So many months later, on its last day if it has no such day.
timestamp months_later(timestamp moment, int months) {
  using namespace std::chrono;
  auto const day = day_of(moment);
  year_month_day const date{day};
  auto const month = date.year() / date.month() + std::chrono::months{months};
  auto const last = year_month_day_last(month.year(), month_day_last(month.month())).day();
  return sys_days{month / std::min(date.day(), last)} + (moment.time_point() - day);
}

}  // namespace

TEST_CASE("the parts of a time are those of the calendar in UTC") {
  auto const found =
      selected(extract<time_part::year>(columns::plain), extract<time_part::quarter>(columns::iso),
               extract<time_part::month>(columns::unix_us), extract<time_part::day>(columns::day_number),
               extract<time_part::hour>(columns::unix_real), extract<time_part::minute>(columns::seconds),
               extract<time_part::second>(columns::unix_ms), extract<time_part::iso_week>(columns::plain),
               extract<time_part::iso_year>(columns::unix_s), extract<time_part::iso_weekday>(columns::day),
               extract<time_part::day_of_year>(columns::plain), unix_seconds(columns::plain),
               unix_days(columns::unix_us), unix_days(columns::day_number), unix_days(columns::iso));
  REQUIRE(found.size() == moments.size());
  for (std::size_t i = 0; i < moments.size(); ++i) {
    using namespace std::chrono;
    CAPTURE(timestamp_text(moments[i]));
    auto const day = day_of(moments[i]);
    year_month_day const date{day};
    hh_mm_ss const clock(floor<seconds>(moments[i].time_point()) - day);
    auto const thursday = day - (weekday{day} - Monday) + days{3};
    year_month_day const week_year{thursday};
    auto const& row = found[i];
    CHECK(std::get<0>(row) == static_cast<int>(date.year()));
    CHECK(std::get<1>(row) == (static_cast<unsigned>(date.month()) + 2) / 3);
    CHECK(std::get<2>(row) == static_cast<unsigned>(date.month()));
    CHECK(std::get<3>(row) == static_cast<unsigned>(date.day()));
    CHECK(std::get<4>(row) == clock.hours().count());
    CHECK(std::get<5>(row) == clock.minutes().count());
    CHECK(std::get<6>(row) == clock.seconds().count());
    CHECK(std::get<7>(row) == (thursday - sys_days{week_year.year() / January / 1}).count() / 7 + 1);
    CHECK(std::get<8>(row) == static_cast<int>(week_year.year()));
    CHECK(std::get<9>(row) == weekday{day}.iso_encoding());
    CHECK(std::get<10>(row) == (day - sys_days{date.year() / January / 1}).count() + 1);
    CHECK(std::get<11>(row) == floor<seconds>(moments[i].time_point()).time_since_epoch().count());
    CHECK(std::get<12>(row) == day.time_since_epoch().count());
    CHECK(std::get<13>(row) == day.time_since_epoch().count());
    CHECK(std::get<14>(row) == day.time_since_epoch().count());
  }
}

TEST_CASE("seconds, days and months are added to every storage of time as chrono does it") {
  for (int const n : {0, 1, -1, 13, -14}) {
    auto const found =
        selected(add_seconds(columns::plain, n), add_days(columns::iso, n), add_months(columns::plain, n),
                 add_months(columns::iso, n), add_months(columns::unix_us, n), add_months(columns::unix_ms, n),
                 add_months(columns::unix_s, n), add_months(columns::seconds, n), add_months(columns::day, n),
                 add_months(columns::day_number, n), add_days(columns::day_s, n),
                 add_days(columns::day, columns::id * 0 + n), add_seconds(columns::unix_us, n),
                 add_days(columns::unix_real, n), add_days(columns::julian, n), add_months(columns::day_s, n));
    for (std::size_t i = 0; i < moments.size(); ++i) {
      using namespace std::chrono;
      CAPTURE(timestamp_text(moments[i]), n);
      auto const& row = found[i];
      timestamp const later = months_later(moments[i], n);
      date const day_later = day_of(later);
      CHECK(std::get<0>(row) == moments[i] + seconds{n});
      CHECK(std::get<1>(row) == moments[i] + days{n});
      CHECK(std::get<2>(row) == later);
      CHECK(std::get<3>(row) == later);
      CHECK(std::get<4>(row) == later);
      CHECK(std::get<5>(row) == timestamp(floor<milliseconds>(later.time_point())));
      CHECK(std::get<6>(row) == timestamp(floor<seconds>(later.time_point())));
      CHECK(std::get<7>(row) == timestamp(floor<seconds>(later.time_point())));
      CHECK(std::get<8>(row) == day_later);
      CHECK(std::get<9>(row) == day_later);
      CHECK(std::get<10>(row) == date(day_of(moments[i]) + days{n}));
      CHECK(std::get<11>(row) == date(day_of(moments[i]) + days{n}));
      CHECK(std::get<12>(row) == moments[i] + seconds{n});
      CHECK(std::get<13>(row) == moments[i] + days{n});
      CHECK(std::get<14>(row) == timestamp(floor<milliseconds>(moments[i].time_point())) + days{n});
      CHECK(std::get<15>(row) == day_later);
    }
  }
}

TEST_CASE("time between, and now, are the same in every storage") {
  auto const before = timestamp::now();
  auto const found =
      selected(seconds_between(columns::unix_us, columns::day), days_between(columns::day_s, now_like(columns::day)),
               now(), now_like(columns::iso), now_like(columns::unix_us), now_like(columns::unix_real),
               now_like(columns::julian), now_like(columns::unix_s), now_like(columns::day_number));
  auto const after = timestamp::now();
  auto const& row = found[3];  // 2021-01-03 12:00:00.000001
  CHECK(std::get<0>(row) == -12 * 3600);
  CHECK(std::get<1>(row) >= (day_of(before) - day_of(moments[3])).count());
  auto const is_now = [&](timestamp moment, std::chrono::microseconds coarse) {
    return before - coarse <= moment && moment <= after + std::chrono::milliseconds{1};
  };
  using namespace std::chrono_literals;
  CHECK(is_now(std::get<2>(row), 1ms));
  CHECK(is_now(std::get<3>(row), 1ms));
  CHECK(is_now(std::get<4>(row), 1ms));
  CHECK(is_now(std::get<5>(row), 1ms));
  CHECK(is_now(std::get<6>(row), 2ms));
  CHECK(is_now(std::get<7>(row), 1s));
  CHECK((std::get<8>(row) == date(day_of(before)) || std::get<8>(row) == date(day_of(after))));
}

TEST_CASE("a fraction and an offset that other programs wrote are kept when time is added") {
  auto db = tests::measures_database();
  db.write([&](auto& session) {
    session.execute(insert(std::vector<Moment>{tests::moment_row(1, moments[0])}));
    for (auto const& [text, expected] : std::vector<std::pair<std::string, char const*>>{
             {"2024-01-31T23:30:00.25-01:00", "2024-03-01 00:30:00.250000"},
             {"2024-01-31 23:30:00.123456789", "2024-02-29 23:30:00.123456"},
             {"2024-01-31 23:30:00Z", "2024-02-29 23:30:00.000000"}}) {
      CAPTURE(text);
      session.connection().execute_script("update moments set plain = '" + text + "'");
      CHECK(session.value(select(add_months(columns::plain, 1)).template from<Moment>()) == at(expected));
    }
  });
}
