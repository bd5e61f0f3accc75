// SPDX-License-Identifier: MIT

#include <forge_db/core/timestamp.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <unordered_set>

using namespace forge_db;
using namespace std::literals;

namespace {

struct text_case {
  char const* text;
  std::int64_t microseconds;
};

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t base = 1'709'210'096 * second;  // 2024-02-29 12:34:56 UTC

}  // namespace

TEST_CASE("the lenient reader takes the forms that other programs write") {
  auto const [text, microseconds] = GENERATE(values<text_case>({
      // the four of PromptForge's history
      {"2024-02-29 12:34:56.789012", base + 789'012},
      {"2024-02-29 12:34:56.789012+00:00", base + 789'012},
      {"2024-02-29 12:34:56+00:00", base},
      {"2024-02-29 12:34:56", base},
      // and their relatives
      {"2024-02-29T12:34:56.789012Z", base + 789'012},
      {"2024-02-29T12:34:56", base},
      {"2024-02-29 12:34:56Z", base},
      {"2024-02-29 12:34:56.7", base + 700'000},
      {"2024-02-29 12:34:56.789", base + 789'000},
      {"2024-02-29 12:34:56.000001", base + 1},
      {"2024-02-29 12:34:56.7890129", base + 789'012},
      {"2024-02-29 12:34:56.999999999", base + 999'999},
      {"2024-02-29 12:34:56+01:00", base - 3600 * second},
      {"2024-02-29 12:34:56-05:30", base + (5 * 60 + 30) * (60 * second)},
      {"2024-02-29 12:34:56.5+01", base + 500'000 - 3600 * second},
      {"2024-02-29 12:34:56-00:00", base},
      {"2024-02-29 12:34:56+23:59", base - (23 * 60 + 59) * (60 * second)},
      {"1970-01-01 00:00:00", 0},
      {"1969-12-31 23:59:59.999999", -1},
      {"1969-12-31 23:59:59.5", -500'000},
      {"1900-03-01 00:00:00", -2'203'891'200 * second},
      {"0001-01-01 00:00:00", -62'135'596'800 * second},
      {"9999-12-31 23:59:59.999999", 253'402'300'799'999'999},
      {"0001-01-01 01:00:00+01:00", -62'135'596'800 * second},
  }));
  CAPTURE(text);
  auto const read = parse_timestamp_lenient(text);
  REQUIRE(read);
  CHECK(read->unix_us() == microseconds);
}

TEST_CASE("the strict reader takes the canonical form only") {
  CHECK(parse_timestamp("2024-02-29 12:34:56.789012") == timestamp::from_unix_us(base + 789'012));
  CHECK(parse_timestamp("0001-01-01 00:00:00.000000") == timestamp::min());
  CHECK(parse_timestamp("9999-12-31 23:59:59.999999") == timestamp::max());

  char const* const text =
      GENERATE("2024-02-29 12:34:56", "2024-02-29 12:34:56.78901", "2024-02-29 12:34:56.7890123",
               "2024-02-29T12:34:56.789012", "2024-02-29 12:34:56.789012Z", "2024-02-29 12:34:56.789012+00:00",
               "2024-02-29 12:34:56+00:00.", "2024-02-29 12:34:56.123+01", "2024-02-29 12:34:56.12345Z");
  CAPTURE(text);
  CHECK_FALSE(parse_timestamp(text));
}

TEST_CASE("neither reader takes anything else") {
  std::string const text = GENERATE(
      "", " ", "2024", "2024-02-29", "2024-02-29 ", "2024-02-29 12", "2024-02-29 12:34", "2024-02-29 12:34:5",
      "2024-02-29 12:34:56.", "2024-02-29 12:34:56.1234567890", "2024-02-29 12:34:56,789012",
      "2024-02-29 12:34:56.78901a", "2024-02-29  12:34:56", " 2024-02-29 12:34:56", "2024-02-29 12:34:56 ",
      "2024-02-29t12:34:56", "2024-02-29 12:34:56z", "2024-02-29 12:34:56 Z", "2024-02-29 12:34:56ZZ",
      "2023-02-29 00:00:00.000000", "1900-02-29 00:00:00.000000", "2024-02-30 00:00:00.000000",
      "2024-00-01 00:00:00.000000", "2024-13-01 00:00:00.000000", "2024-01-00 00:00:00.000000",
      "2024-04-31 00:00:00.000000", "2024-01-01 24:00:00.000000", "2024-01-01 00:60:00.000000",
      "2016-12-31 23:59:60.000000", "0000-01-01 00:00:00.000000", "-001-01-01 00:00:00.000000",
      "10000-01-01 00:00:00.00000", "+024-01-01 00:00:00.000000", "2024-1-01 000:00:00.000000", "2024-02-29 12:34:56+1",
      "2024-02-29 12:34:56+24:00", "2024-02-29 12:34:56+01:60", "2024-02-29 12:34:56+01:0", "2024-02-29 12:34:56+0100",
      "2024-02-29 12:34:56+01:00Z", "2024-02-29 12:34:56+-1:00", "2024-02-29 12:34:56+", "2024/02/29 12:34:56", "now",
      "1709210096", "0001-01-01 00:00:00+00:01", "9999-12-31 23:59:59-00:01");
  CAPTURE(text);
  CHECK_FALSE(parse_timestamp(text));
  CHECK_FALSE(parse_timestamp_lenient(text));
}

TEST_CASE("a NUL inside is no part of a timestamp") {
  CHECK_FALSE(parse_timestamp_lenient("2024-02-29 12:34:56\0"sv));
  CHECK_FALSE(parse_timestamp("2024-02-29 12:34:56.78901\0"sv));
}

TEST_CASE("timestamps are written in the canonical form, and for other programs") {
  CHECK(timestamp_text(timestamp{}) == "1970-01-01 00:00:00.000000");
  CHECK(timestamp_text(timestamp::from_unix_us(-1)) == "1969-12-31 23:59:59.999999");
  CHECK(timestamp_text(timestamp::from_unix_us(base + 5)) == "2024-02-29 12:34:56.000005");
  CHECK(timestamp_text(timestamp::min()) == "0001-01-01 00:00:00.000000");
  CHECK(timestamp_text(timestamp::max()) == "9999-12-31 23:59:59.999999");
  CHECK(timestamp_iso(timestamp::from_unix_us(base + 5)) == "2024-02-29T12:34:56.000005Z");
}

TEST_CASE("a moment that has no text is refused when written, and nothing is written") {
  auto const value = GENERATE(timestamp::min() - 1us, timestamp::max() + 1us,
                              timestamp::from_unix_us(std::numeric_limits<std::int64_t>::min()),
                              timestamp::from_unix_us(std::numeric_limits<std::int64_t>::max()));
  std::string out(26, '?');
  CHECK_THROWS_AS(write_canonical(value, out.data()), invalid_value);
  CHECK(out == std::string(26, '?'));
  CHECK_THROWS_AS(timestamp_text(value), invalid_value);
  CHECK_THROWS_AS(timestamp_iso(value), invalid_value);
}

TEST_CASE("every written timestamp is read back, and texts sort as the moments do") {
  std::mt19937_64 random{20240229};
  auto const span = static_cast<std::uint64_t>(timestamp::max().unix_us() - timestamp::min().unix_us()) + 1;
  auto const draw = [&] {
    return timestamp::from_unix_us(timestamp::min().unix_us() + static_cast<std::int64_t>(random() % span));
  };
  for (int i = 0; i < 5000; ++i) {
    timestamp const left = draw();
    timestamp const right = draw();
    REQUIRE(parse_timestamp(timestamp_text(left)) == left);
    REQUIRE(parse_timestamp_lenient(timestamp_iso(left)) == left);
    REQUIRE((timestamp_text(left) < timestamp_text(right)) == (left < right));
  }
}

TEST_CASE("timestamps and chrono are one") {
  using namespace std::chrono;
  timestamp const value = sys_days{year{2024} / 2 / 29} + 12h + 34min + 56s;
  CHECK(value.unix_us() == base);
  CHECK(value.time_point() == sys_days{year{2024} / 2 / 29} + 12h + 34min + 56s);
  CHECK(timestamp{sys_time<nanoseconds>{1999ns}}.unix_us() == 1);
  CHECK(timestamp{sys_time<nanoseconds>{-1999ns}}.unix_us() == -2);  // down, not towards zero
  CHECK(value + days{1} - value == 24h);
  CHECK(value - 1500ns == timestamp::from_unix_us(base - 1) - 0us);

  timestamp moved = value;
  moved += 1h;
  moved -= 30min;
  CHECK(moved - value == 30min);
}

TEST_CASE("timestamp::now() is now, to the microsecond") {
  auto const before = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  timestamp const now = timestamp::now();
  CHECK(now >= timestamp{before});
  CHECK(now <= timestamp{std::chrono::system_clock::now()});
}

TEST_CASE("arithmetic that does not fit is refused") {
  auto const highest = timestamp::from_unix_us(std::numeric_limits<std::int64_t>::max());
  auto const lowest = timestamp::from_unix_us(std::numeric_limits<std::int64_t>::min());
  CHECK_THROWS_AS(highest + 1us, invalid_value);
  CHECK_THROWS_AS(lowest - 1us, invalid_value);
  CHECK_THROWS_AS(highest - lowest, invalid_value);
  CHECK_THROWS_AS(timestamp{} + std::chrono::hours::max(), invalid_value);
  CHECK_THROWS_AS(timestamp{std::chrono::sys_days::max()}, invalid_value);
}

TEST_CASE("timestamps are hashed") {
  std::unordered_set<timestamp> const set{timestamp{}, timestamp::min(), timestamp{}};
  CHECK(set.size() == 2);
}
