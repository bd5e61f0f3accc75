// SPDX-License-Identifier: MIT

#include <forge_db/core/decimal.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <random>
#include <string>

using namespace forge_db;

namespace {

using money = decimal<10, 2>;

struct decimal_case {
  char const* text;
  std::int64_t scaled;
  char const* written;
};

}  // namespace

TEST_CASE("decimals are read exactly, and written with all their places") {
  auto const [text, scaled, written] = GENERATE(values<decimal_case>({
      {"0", 0, "0.00"},
      {"-0", 0, "0.00"},
      {"-0.00", 0, "0.00"},
      {"10.5", 1050, "10.50"},
      {"10.50", 1050, "10.50"},
      {"10.5000000000000000000000", 1050, "10.50"},
      {"0.01", 1, "0.01"},
      {"-0.01", -1, "-0.01"},
      {"-0.5", -50, "-0.50"},
      {"7", 700, "7.00"},
      {"0007.1", 710, "7.10"},
      {"00000000000000000000001", 100, "1.00"},
      {"99999999.99", 9'999'999'999, "99999999.99"},
      {"-99999999.99", -9'999'999'999, "-99999999.99"},
  }));
  CAPTURE(text);
  auto const value = money::try_parse(text);
  REQUIRE(value);
  CHECK(value->scaled() == scaled);
  CHECK(value->text() == written);
}

TEST_CASE("text that is no decimal, or that would be rounded, is refused") {
  char const* const text =
      GENERATE("", "-", ".", "-.", ".5", "5.", "-.5", "+1", "--1", "1.2.3", "1,5", " 1", "1 ", "1e2", "0x1", "a", "1.a",
               "1.0a", "0.001", "10.505", "0.00000000001", "100000000", "100000000.00", "-100000000.00", "99999999.999",
               "9223372036854775808", "99999999999999999999999999", "NaN", "inf");
  CAPTURE(text);
  CHECK_FALSE(money::try_parse(text));
  CHECK_THROWS_AS(money::parse(text), invalid_value);
}

TEST_CASE("the smallest and the largest shapes work") {
  CHECK(decimal<1, 0>::parse("-9").text() == "-9");
  CHECK(decimal<1, 1>::parse("0.9").text() == "0.9");
  CHECK_FALSE(decimal<1, 1>::try_parse("1"));
  CHECK_FALSE(decimal<1, 0>::try_parse("10"));
  CHECK(decimal<18, 0>::parse("999999999999999999").text() == "999999999999999999");
  CHECK(decimal<18, 18>::parse("0.999999999999999999").scaled() == 999'999'999'999'999'999);
  CHECK(decimal<18, 18>::parse("-0.000000000000000001").text() == "-0.000000000000000001");
  CHECK_FALSE(decimal<18, 0>::try_parse("1000000000000000000"));
}

TEST_CASE("sums are exact, and refused when they have too many digits") {
  CHECK(money::parse("0.10") + money::parse("0.20") == money::parse("0.30"));
  CHECK(money::parse("0.10") - money::parse("0.20") == money::parse("-0.10"));
  CHECK(-money::parse("0.10") == money::parse("-0.10"));
  money const most = money::parse("99999999.99");
  CHECK_THROWS_AS(most + money::parse("0.01"), invalid_value);
  CHECK_THROWS_AS(-most - money::parse("0.01"), invalid_value);
  CHECK(most - most == money{});

  using longest = decimal<18, 0>;
  longest const top = longest::parse("999999999999999999");
  CHECK_THROWS_AS(top + top, invalid_value);
  CHECK_THROWS_AS(-top - top, invalid_value);

  money sum = most;
  CHECK_THROWS_AS(sum += most, invalid_value);
  CHECK(sum == most);  // a refused sum changes nothing
}

TEST_CASE("scaled integers beyond the precision are refused") {
  CHECK(money::from_scaled(9'999'999'999).text() == "99999999.99");
  auto const scaled = GENERATE(10'000'000'000, -10'000'000'000, std::numeric_limits<std::int64_t>::max(),
                               std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(money::try_from_scaled(scaled));
  CHECK_THROWS_AS(money::from_scaled(scaled), invalid_value);
}

TEST_CASE("decimals compare as numbers") {
  CHECK(money::parse("-1") < money::parse("-0.99"));
  CHECK(money::parse("2") < money::parse("10"));
  CHECK(money::parse("2.0") == money::parse("2"));
}

TEST_CASE("every decimal makes the round trip through its text") {
  std::mt19937_64 random{18};
  for (int i = 0; i < 5000; ++i) {
    auto const scaled = static_cast<std::int64_t>(random() % 2'000'000'000'000'000'000) - 1'000'000'000'000'000'000;
    auto const value = decimal<18, 7>::try_from_scaled(scaled >> (random() % 60));
    if (value) REQUIRE(decimal<18, 7>::parse(value->text()) == *value);
  }
}
