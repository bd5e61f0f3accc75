// SPDX-License-Identifier: MIT

#include <forge_db/core/json.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>

using namespace forge_db;
using namespace std::literals;

namespace {

std::string repeated(std::size_t count, std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

std::string nested(std::size_t depth) { return repeated(depth, "[") + repeated(depth, "]"); }

struct named_text {
  char const* name;
  std::string text;
};

}  // namespace

TEST_CASE("valid JSON is accepted and kept as it is") {
  std::string const text = GENERATE(values<std::string>({"null",
                                                         "true",
                                                         "false",
                                                         "0",
                                                         "-0",
                                                         "7",
                                                         "-12",
                                                         "10.5",
                                                         "0.0001",
                                                         "1e5",
                                                         "1E+5",
                                                         "1e-05",
                                                         "-0.0e0",
                                                         "12345678901234567890123",
                                                         "1e999999",
                                                         "\"\"",
                                                         "\"a\"",
                                                         "[]",
                                                         "{}",
                                                         "[ ]",
                                                         "{ }",
                                                         " [ 1 , 2 ] ",
                                                         "\t\n\r [1]\t\n\r ",
                                                         "[[],{},[{}]]",
                                                         "[\"a\",null,true]",
                                                         "{\"a\":1}",
                                                         "{ \"a\" : { \"b\" : [ 1 , { } ] } , \"c\" : \"\" }",
                                                         "{\"a\":1,\"a\":2}",
                                                         "{\"\":0}",
                                                         R"("\" \\ \/ \b \f \n \r \t")",
                                                         R"("\u0000 \u00e9 \uFFFF \uaBcD")",
                                                         R"("\ud83d\ude00")",
                                                         R"("\uDBFF\uDFFF")",
                                                         "\"\x7f\"",
                                                         "\"\xc3\xa9\"",
                                                         "\"\xe2\x82\xac\"",
                                                         "\"\xf0\x9f\x98\x80\"",
                                                         "\"\xf4\x8f\xbf\xbf\"",
                                                         "\"\xef\xbf\xbf\"",
                                                         "\"\xc2\x80\"",
                                                         "\"\xed\x9f\xbf\"",
                                                         "\"\xee\x80\x80\""}));
  CAPTURE(text);
  REQUIRE(json::try_parse(text));
  CHECK(json::try_parse(text)->text() == text);
  CHECK(json::parse(text).text() == text);
}

TEST_CASE("text that is not JSON is refused") {
  auto const [name, text] = GENERATE(values<named_text>({
      {"nothing", ""},
      {"white space", " \n"},
      {"a byte order mark", "\xef\xbb\xbf[]"},
      {"two values", "1 2"},
      {"text after the value", "[]x"},
      {"a NUL after the value", "[]\0"s},
      {"a form feed as space", "\f[]"},
      {"a no-break space", "\xc2\xa0[]"},
      {"half a word", "tru"},
      {"a longer word", "nullx"},
      {"another case", "True"},
      {"NaN", "NaN"},
      {"Infinity", "-Infinity"},
      {"a lone minus", "-"},
      {"a plus", "+1"},
      {"a leading zero", "01"},
      {"a leading zero after a minus", "-01"},
      {"no digit before the point", ".5"},
      {"no digit after the point", "1."},
      {"an empty exponent", "1e"},
      {"an empty signed exponent", "1e+"},
      {"two signs in the exponent", "1e+-5"},
      {"hexadecimal", "0x10"},
      {"two points", "1.2.3"},
      {"an open array", "["},
      {"an open array with a value", "[1"},
      {"an open array after a comma", "[1,"},
      {"a trailing comma", "[1,]"},
      {"a leading comma", "[,1]"},
      {"two commas", "[1,,2]"},
      {"no comma", "[1 2]"},
      {"the wrong closer", "[1}"},
      {"a closer alone", "]"},
      {"an open object", "{"},
      {"a name alone", "{\"a\"}"},
      {"a name and a colon", "{\"a\":}"},
      {"no colon", "{\"a\" 1}"},
      {"a trailing comma in an object", "{\"a\":1,}"},
      {"a number as a name", "{1:1}"},
      {"a bare name", "{a:1}"},
      {"a colon in an array", "[\"a\":1]"},
      {"a comma for a colon", "{\"a\",1}"},
      {"single quotes", "'a'"},
      {"a comment", "[1] // one"},
      {"an open string", "\"a"},
      {"a quote alone", "\""},
      {"a backslash at the end", "\"\\"},
      {"a backslash before the end of the text", "\"\\\""},
      {"an unknown escape", R"("\x41")"},
      {"a capital U", R"("\U0041")"},
      {"a short unicode escape", R"("\u004")"},
      {"no hexadecimal digit", R"("\u00g0")"},
      {"a raw newline in a string", "\"\n\""},
      {"a raw NUL in a string", "\"\0\""s},
      {"a raw unit separator in a string", "\"\x1f\""},
      {"a lone high surrogate", R"("\ud800")"},
      {"a lone low surrogate", R"("\udc00")"},
      {"a high surrogate before text", R"("\ud800abcdef")"},
      {"two high surrogates", R"("\ud800\ud800")"},
      {"a high surrogate before another escape", R"("\ud800\n")"},
      {"a high surrogate before a plain escape", R"("\ud800\u0041")"},
      {"half a low surrogate", R"("\ud800\udc0")"},
      {"surrogates in the wrong order", R"("\ude00\ud83d")"},
      {"a lone continuation byte", "\"\x80\""},
      {"a cut two-byte sequence", "\"\xc3\""},
      {"a cut three-byte sequence", "\"\xe2\x82\""},
      {"a cut four-byte sequence", "\"\xf0\x9f\x98\""},
      {"an overlong slash", "\"\xc0\xaf\""},
      {"an overlong NUL", "\"\xc1\x80\""},
      {"an overlong three-byte form", "\"\xe0\x9f\xbf\""},
      {"an overlong four-byte form", "\"\xf0\x8f\xbf\xbf\""},
      {"a surrogate in UTF-8", "\"\xed\xa0\x80\""},
      {"the last surrogate in UTF-8", "\"\xed\xbf\xbf\""},
      {"beyond U+10FFFF", "\"\xf4\x90\x80\x80\""},
      {"a five-byte form", "\"\xf8\x88\x80\x80\x80\""},
      {"0xff", "\"\xff\""},
      {"UTF-8 outside a string", "\xc3\xa9"},
  }));
  CAPTURE(name, text);
  CHECK_FALSE(json::try_parse(text));
  CHECK_THROWS_AS(json::parse(text), invalid_value);
}

TEST_CASE("JSON is nested 512 deep at most, and deeper text is refused without recursion") {
  CHECK(json::try_parse(nested(512)));
  CHECK_FALSE(json::try_parse(nested(513)));
  CHECK(json::try_parse(repeated(511, "{\"a\":") + "{}" + repeated(511, "}")));
  CHECK(json::try_parse(repeated(512, "{\"a\":") + "1" + repeated(512, "}")));
  CHECK_FALSE(json::try_parse(repeated(512, "{\"a\":") + "{}" + repeated(512, "}")));
  CHECK_FALSE(json::try_parse(repeated(1'000'000, "[")));
  CHECK(json::try_parse("[" + nested(511) + "," + nested(511) + "]"));  // depth, not the number of containers
}

TEST_CASE("a refusal names the offset, and never the text") {
  CHECK_THROWS_WITH(json::parse("[1, secret]"),
                    "forge_db: json::parse() requires its text to be JSON; byte 4 does not fit");
  CHECK_THROWS_WITH(
      json::parse("[1, 2"),
      "forge_db: json::parse() requires its text to be JSON; byte 5 is the end, and something is missing");
  CHECK_THROWS_WITH(json::parse("{} {}"), "forge_db: json::parse() requires its text to be JSON; byte 3 does not fit");
}

TEST_CASE("json is null by default, compares as text, and takes unchecked text as it is") {
  CHECK(json{}.text() == "null");
  CHECK(json{} == json::parse("null"));
  CHECK(json::parse("[1]") != json::parse("[ 1 ]"));
  CHECK(json::unchecked("not JSON").text() == "not JSON");
  json value = json::parse("[1]");
  std::string const moved = std::move(value).text();
  CHECK(moved == "[1]");
}
