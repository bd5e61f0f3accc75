// SPDX-License-Identifier: MIT
// Buckets of time in every form that a file may hold.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <workshop/moments_repository.hpp>

#include <string>

using namespace forge_db;
using namespace workshop;

namespace {

timestamp at(char const* text) { return *parse_timestamp_lenient(text); }

template <class Session>
void insert(Session& session, char const* moment) {
  timestamp const time = at(moment);
  date const day = forge_db::detail::day_of(time);
  NewMoment row;
  row.in_text = time, row.in_text_s = time, row.in_iso = time, row.in_us = time;
  row.in_ms = time, row.in_s = time, row.in_real = time, row.in_julian = time;
  row.day_text = day, row.day_number = day, row.day_seconds = day;
  MomentRepository{session}.insert(row);
}

template <class Buckets>
std::string shown(Buckets const& buckets) {
  std::string text;
  for (auto const& each : buckets) {
    if constexpr (requires { each.hour; }) {
      text += timestamp_iso(each.hour).substr(0, 13);
    } else {
      text += date_text(each.month);
    }
    text += ": " + std::to_string(each.n) + "  ";
  }
  return text;
}

void check_hours(sqlite::database& db, char const* now_text, std::string const& expected) {
  db.read([&](auto& session) {
    MomentRepository const moments{session};
    timestamp const now = at(now_text);
    CHECK(shown(moments.text_hours({}, now)) == expected);
    CHECK(shown(moments.text_s_hours({}, now)) == expected);
    CHECK(shown(moments.iso_hours({}, now)) == expected);
    CHECK(shown(moments.us_hours({}, now)) == expected);
    CHECK(shown(moments.ms_hours({}, now)) == expected);
    CHECK(shown(moments.s_hours({}, now)) == expected);
    CHECK(shown(moments.real_hours({}, now)) == expected);
    CHECK(shown(moments.julian_hours({}, now)) == expected);
  });
}

void check_months(sqlite::database& db, char const* now_text, std::string const& expected) {
  db.read([&](auto& session) {
    MomentRepository const moments{session};
    timestamp const now = at(now_text);
    CHECK(shown(moments.text_months({}, now)) == expected);
    CHECK(shown(moments.number_months({}, now)) == expected);
    CHECK(shown(moments.seconds_months({}, now)) == expected);
  });
}

}  // namespace

TEST_CASE("the last buckets are the same whatever form the time is stored in") {
  auto db = tests::workshop_database();
  db.write([](auto& session) {
    for (char const* moment :
         {"2023-12-31 20:59:59", "2023-12-31 21:00:00", "2023-12-31 23:59:59", "2024-01-01 00:00:00",
          "2024-01-01 00:59:59", "2024-01-01 01:00:00", "2023-10-31 23:59:59", "2023-11-01 00:00:00",
          "1969-12-31 23:30:00", "1970-01-01 00:00:00"}) {
      insert(session, moment);
    }
    MomentRepository{session}.insert({});  // NULL is in no bucket
  });
  check_hours(db, "2024-01-01 00:30:00", "2023-12-31T21: 1  2023-12-31T22: 0  2023-12-31T23: 1  2024-01-01T00: 2  ");
  check_hours(db, "1970-01-01 01:00:00", "1969-12-31T22: 0  1969-12-31T23: 1  1970-01-01T00: 1  1970-01-01T01: 0  ");
  check_months(db, "2024-01-31 23:59:59", "2023-11-01: 1  2023-12-01: 3  2024-01-01: 3  ");
  check_months(db, "1970-01-15 00:00:00", "1969-11-01: 0  1969-12-01: 1  1970-01-01: 1  ");
}
