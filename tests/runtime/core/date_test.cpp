// SPDX-License-Identifier: MIT

#include <forge_db/core/date.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_set>

using namespace forge_db;

TEST_CASE("dates are read and written as YYYY-MM-DD") {
  struct date_case {
    char const* text;
    std::int32_t days;
  };
  auto const [text, days] = GENERATE(values<date_case>({{"1970-01-01", 0},
                                                        {"1969-12-31", -1},
                                                        {"2000-02-29", 11'016},
                                                        {"2024-02-29", 19'782},
                                                        {"0001-01-01", -719'162},
                                                        {"9999-12-31", 2'932'896}}));
  CAPTURE(text);
  auto const read = parse_date(text);
  REQUIRE(read);
  CHECK(read->unix_days() == days);
  CHECK(date_text(*read) == text);
}

TEST_CASE("text that is no day is not read") {
  char const* const text =
      GENERATE("", "2024", "2024-02", "2024-02-2", "2024-02-299", "2024-02-30", "2023-02-29", "1900-02-29",
               "2024-13-01", "2024-00-01", "2024-01-00", "0000-01-01", "2024/02/29", "2024-02-29 ", " 2024-02-29",
               "24-02-29", "2024-2-29", "-024-02-29", "2024-02-29 00:00:00", "10000-01-01");
  CAPTURE(text);
  CHECK_FALSE(parse_date(text));
}

TEST_CASE("every day of 0001 to 9999 makes the round trip, in order") {
  std::string last;
  for (std::int32_t days = -719'162; days <= 2'932'896; days += 37) {
    std::string const text = date_text(date::from_unix_days(days));
    REQUIRE(parse_date(text) == date::from_unix_days(days));
    REQUIRE(last < text);
    last = text;
  }
}

TEST_CASE("a day that has no text is refused when written, and nothing is written") {
  auto const days = GENERATE(-719'163, 2'932'897, INT32_MIN, INT32_MAX);
  std::string out(10, '?');
  CHECK_THROWS_AS(write_date(date::from_unix_days(days), out.data()), invalid_value);
  CHECK(out == std::string(10, '?'));
}

TEST_CASE("dates and chrono days are one") {
  using namespace std::chrono;
  date const leap_day = year{2024} / February / 29;
  CHECK(leap_day.unix_days() == 19'782);
  CHECK(leap_day.sys_days() == std::chrono::sys_days{year{2024} / 2 / 29});
  CHECK(date{leap_day.sys_days() + days{1}} == date{year{2024} / March / 1});
  CHECK(leap_day < date{year{2024} / March / 1});
  CHECK_THROWS_AS(date{year{2023} / February / 29}, invalid_value);
  CHECK(std::unordered_set<date>{leap_day, leap_day, date{}}.size() == 2);
}
