// SPDX-License-Identifier: MIT
// Buckets of time in every storage, compared with the calendar of <chrono>.
#include "runtime/functions/measures_database.hpp"
#include "support/catch.hpp"

#include <forge_db/query/functions/time_bucket.hpp>

#include <chrono>
#include <random>
#include <tuple>
#include <vector>

using namespace forge_db;
using namespace measures;

namespace {

/// Where the bucket of a moment begins.
timestamp begin_of(bucket size, timestamp at) {
  using namespace std::chrono;
  auto const day = floor<days>(at.time_point());
  year_month_day const date{day};
  unsigned const month = static_cast<unsigned>(date.month());
  switch (size) {
    case bucket::hour:
      return floor<hours>(at.time_point());
    case bucket::day:
      return day;
    case bucket::week:
      return day - (weekday{day} - Monday);
    case bucket::month:
      return sys_days{date.year() / date.month() / 1};
    case bucket::quarter:
      return sys_days{date.year() / std::chrono::month{(month - 1) / 3 * 3 + 1} / 1};
    default:
      return sys_days{date.year() / January / 1};
  }
}

std::vector<timestamp> moments_to_try() {
  std::vector<timestamp> moments;
  for (char const* text : {"1970-01-01 00:00:00.000000", "1969-12-31 23:59:59.999999", "2024-12-30 00:00:00.000000",
                           "2024-12-29 23:59:59.999999", "2024-12-31 23:59:59.999600", "2021-01-03 12:00:00.000001",
                           "2000-02-29 23:00:00.000000", "2024-02-29 23:59:59.500000", "1900-03-01 00:00:00.000000",
                           "0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.999000", "2024-03-31 01:30:00.000000"}) {
    moments.push_back(*parse_timestamp(text));
  }
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> any(-2'208'988'800, 4'102'444'800);  // 1900 to 2100
  for (int i = 0; i < 200; ++i)
    moments.push_back(timestamp::from_unix_us(any(random) * 1'000'000 + any(random) % 1'000));
  return moments;
}

struct bucketed {
  timestamp plain, seconds, iso, unix_s, unix_ms, unix_us, unix_real, julian;
};
struct bucketed_days {
  date day, day_number, day_s;
};

void check_row(bucket size, timestamp at, bucketed const& found) {
  CAPTURE(timestamp_text(at), static_cast<int>(size));
  timestamp const expected = begin_of(size, at);
  bool const exact = std::abs(at.unix_us()) < 4'102'444'800'000'000;  // what a double holds
  bool const same = found.plain == expected && found.seconds == expected && found.iso == expected &&
                    found.unix_s == expected && found.unix_ms == expected && found.unix_us == expected &&
                    (!exact || found.unix_real == expected);
  CHECK(same);
  // A Julian day is exact to a millisecond, towards the past.
  CHECK(found.julian == begin_of(size, std::chrono::floor<std::chrono::milliseconds>(at.time_point())));
}

void check_days(bucket size, timestamp at, bucketed_days const& found) {
  CAPTURE(timestamp_text(at), static_cast<int>(size));
  date const expected = std::chrono::floor<std::chrono::days>(begin_of(size, at).time_point());
  CHECK((found.day == expected && found.day_number == expected && found.day_s == expected));
}

template <bucket Size, class Session>
void check_buckets(Session& session, std::vector<timestamp> const& at) {
  using namespace measures::moments;
  std::size_t i = 0;
  session.each(select(time_bucket<Size>(plain), time_bucket<Size>(seconds), time_bucket<Size>(iso),
                      time_bucket<Size>(unix_s), time_bucket<Size>(unix_ms), time_bucket<Size>(unix_us),
                      time_bucket<Size>(unix_real), time_bucket<Size>(julian))
                   .template into<bucketed>()
                   .template from<Moment>(),
               [&](bucketed const& row) { check_row(Size, at[i++], row); });
  CHECK(i == at.size());
  if constexpr (Size != bucket::hour) {
    i = 0;
    session.each(select(time_bucket<Size>(day), time_bucket<Size>(day_number), time_bucket<Size>(day_s))
                     .template into<bucketed_days>()
                     .template from<Moment>(),
                 [&](bucketed_days const& row) { check_days(Size, at[i++], row); });
  }
}

}  // namespace

TEST_CASE("time_bucket means the same for every storage of time") {
  auto const at = moments_to_try();
  auto db = tests::measures_database();
  db.write([&](auto& session) {
    std::vector<Moment> rows;
    for (auto const& moment : at) rows.push_back(tests::moment_row(static_cast<std::int64_t>(rows.size()), moment));
    session.execute(insert(rows));
    check_buckets<bucket::hour>(session, at);
    check_buckets<bucket::day>(session, at);
    check_buckets<bucket::week>(session, at);
    check_buckets<bucket::month>(session, at);
    check_buckets<bucket::quarter>(session, at);
    check_buckets<bucket::year>(session, at);
  });
}

TEST_CASE("a bucket is stored as a time of its column is, and can be compared and grouped by") {
  auto db = tests::measures_database();
  db.write([&](auto& session) {
    timestamp const at = *parse_timestamp("2024-05-17 10:20:30.400000");
    session.execute(
        insert(std::vector<Moment>{tests::moment_row(1, at), tests::moment_row(2, at + std::chrono::hours{30})}));
    using namespace measures::moments;
    timestamp const may = *parse_timestamp("2024-05-01 00:00:00.000000");
    CHECK(session.value(select(count()).template from<Moment>().where(
              time_bucket<bucket::month>(plain) == may && time_bucket<bucket::month>(seconds) == may &&
              time_bucket<bucket::month>(iso) == may && time_bucket<bucket::month>(unix_ms) == may &&
              time_bucket<bucket::month>(unix_real) == may && time_bucket<bucket::month>(julian) == may)) == 2);
    auto const days = session.all(select(time_bucket<bucket::day>(unix_us), count())
                                      .template from<Moment>()
                                      .group_by(time_bucket<bucket::day>(unix_us))
                                      .order_by(time_bucket<bucket::day>(unix_us).asc()));
    CHECK(days ==
          std::vector<std::tuple<timestamp, std::int64_t>>{{*parse_timestamp("2024-05-17 00:00:00.000000"), 1},
                                                           {*parse_timestamp("2024-05-18 00:00:00.000000"), 1}});
    CHECK(session.value(select(time_bucket<bucket::year>(max(julian))).template from<Moment>()) ==
          *parse_timestamp("2024-01-01 00:00:00.000000"));
    CHECK(session.value(select(time_bucket<bucket::day>(maybe)).template from<Moment>().limit(1)) == std::nullopt);
  });
}

TEST_CASE("time that other programs wrote with an offset is in the bucket of its moment in UTC") {
  auto db = tests::measures_database();
  db.write([&](auto& session) {
    session.execute(insert(std::vector<Moment>{tests::moment_row(1, timestamp{})}));
    using namespace measures::moments;
    for (auto const& [text, expected] : std::vector<std::pair<std::string, std::string>>{
             {"2024-01-01 00:30:00+01:00", "2023-01-01 00:00:00.000000"},
             {"2024-01-01T00:30:00.123+01", "2023-01-01 00:00:00.000000"},
             {"2023-12-31T23:30:00.9999999-01:00", "2024-01-01 00:00:00.000000"},
             {"2024-01-01T00:00:00Z", "2024-01-01 00:00:00.000000"},
             {"2023-12-31 23:59:59.999999999", "2023-01-01 00:00:00.000000"}}) {
      CAPTURE(text);
      session.connection().execute_script("update moments set plain = '" + text + "'");
      CHECK(session.value(select(time_bucket<bucket::year>(plain)).template from<Moment>()) ==
            *parse_timestamp(expected));
    }
  });
}
