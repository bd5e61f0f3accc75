// SPDX-License-Identifier: MIT

#include <forge_db/core/json_value.hpp>

#include <boost/json/src.hpp>  // Boost.JSON without its library; this is the only file of the program that includes it

#include "support/catch.hpp"

#include <limits>
#include <random>
#include <string>

using namespace forge_db;

namespace {

bool boost_accepts(std::string const& text) {
  boost::json::parse_options options;
  options.max_depth = detail::json_depth_limit;
  boost::system::error_code failure;
  boost::json::parse(text, failure, {}, options);
  return !failure || failure == boost::json::error::exponent_overflow;  // a limit of its own, not of the grammar
}

}  // namespace

TEST_CASE("json columns give and take Boost.JSON values") {
  auto const value = to_value(json::parse(R"({"a": [1, -2, 0.5, null, true, "\u00e9"], "b": 9223372036854775807})"));
  CHECK(value.at("a").as_array().size() == 6);
  CHECK(value.at("a").at(5).as_string() == "\xc3\xa9");
  CHECK(value.at("b").as_int64() == std::numeric_limits<std::int64_t>::max());
  CHECK(from_value({{"a", {1, 2}}, {"b", nullptr}}).text() == R"({"a":[1,2],"b":null})");
  CHECK(to_value(from_value(value)) == value);
  CHECK(to_value(json{}).is_null());
}

TEST_CASE("what is not JSON is refused in both directions") {
  CHECK_THROWS_AS(to_value(json::unchecked("[1,]")), invalid_value);
  CHECK_THROWS_AS(to_value(json::unchecked("")), invalid_value);
  CHECK_THROWS_AS(from_value(std::numeric_limits<double>::quiet_NaN()), invalid_value);
  CHECK_THROWS_AS(from_value("\xff"), invalid_value);
}

TEST_CASE("to_value follows as deep as json allows") {
  CHECK_NOTHROW(to_value(json::parse(std::string(512, '[') + std::string(512, ']'))));
}

TEST_CASE("our scanner and Boost.JSON agree on mutated texts") {
  std::string const seeds[] = {
      R"({"a": [1, -2.5e+3, 0.5, null, true, false], "b": {"c": "\u00e9\ud83d\ude00\n"}, "": []})",
      "[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\", \"\\\"\\\\\\/\", [[[[{}]]]], 0, -0, 10E-2]",
      R"( [ "", " " , { "k" : "v" } ] )",
  };
  std::string const alphabet = "\"\\/bfnrtu{}[]:,.-+eE0123456789 adlsuD8\n\x01\x80\xbf\xc3\xe2\xed\xf0\xf4\xff";
  std::mt19937 random{512};
  int accepted = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text = seeds[random() % std::size(seeds)];
    for (auto edits = 1 + random() % 3; edits > 0 && !text.empty(); --edits) {
      auto const at = random() % text.size();
      char const byte = alphabet[random() % alphabet.size()];
      switch (random() % 4) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, 1 + random() % 3);
          break;
        default:
          text.insert(at, text.substr(random() % text.size(), random() % 8));
          break;
      }
    }
    bool const valid = json::try_parse(text).has_value();
    CAPTURE(text);
    REQUIRE(valid == boost_accepts(text));
    accepted += valid;
  }
  CHECK(accepted > 3000);  // the mutations reach both answers
}
