// SPDX-License-Identifier: MIT

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/json.hpp>

#include "support/catch.hpp"

#include <random>
#include <string>
#include <vector>

using namespace forge_db;
using namespace std::literals;

namespace {

using list = std::vector<std::string>;

struct list_case {
  list items;
  std::string text;  // what Python's json.dumps(items) gives
};

std::string random_text(std::mt19937& random) {
  std::string text;
  for (auto length = random() % 12; length > 0; --length) {
    unsigned long const limit = random() % 2 ? 0x80 : random() % 2 ? 0x3000 : 0x110000;
    auto const code_point = static_cast<char32_t>(random() % limit);
    if (code_point < 0xd800 || code_point > 0xdfff) detail::append_utf8(text, code_point);
  }
  return text;
}

}  // namespace

TEST_CASE("lists of strings are written as json.dumps writes them, and read back") {
  auto const [items, text] = GENERATE(values<list_case>({
      {{}, "[]"},
      {{""}, R"([""])"},
      {{"a", "b", "c d"}, R"(["a", "b", "c d"])"},
      {{"\"\\/"}, R"(["\"\\/"])"},
      {{"\b\f\n\r\t"}, R"(["\b\f\n\r\t"])"},
      {{"\0\x01\x1f"s}, R"(["\u0000\u0001\u001f"])"},
      {{"~\x7f"}, R"(["~\u007f"])"},
      {{"caf\xc3\xa9"}, R"(["caf\u00e9"])"},
      {{"\xe2\x82\xac\xef\xbf\xbf"}, R"(["\u20ac\uffff"])"},
      {{"\xf0\x9f\x98\x80"}, R"(["\ud83d\ude00"])"},
      {{"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"}, R"(["\ud800\udc00\udbff\udfff"])"},
      {{"[", "]", ",", "null"}, R"(["[", "]", ",", "null"])"},
  }));
  CAPTURE(text);
  CHECK(detail::write_string_list(items) == text);
  CHECK(detail::read_string_list(text) == items);
  CHECK(detail::read_string_list_lenient(text) == items);
}

TEST_CASE("lists that other programs wrote are read") {
  CHECK(detail::read_string_list(" [ \"a\" ,\n\"b\" ] ") == list{"a", "b"});
  CHECK(detail::read_string_list(R"(["\u00E9\u0041\/"])") == list{"\xc3\xa9\x41/"});
  CHECK(detail::read_string_list("[\"\xc3\xa9\"]") == list{"\xc3\xa9"});
  CHECK(detail::read_string_list(R"(["\\u0041"])") == list{"\\u0041"});
}

TEST_CASE("what is no list of strings is not read strictly") {
  std::string const text = GENERATE(
      values<std::string>({"", "null", "{}", "\"a\"", "1", "[1]", "[null]", "[[\"a\"]]", "[\"a\", 1]", "[\"a\"",
                           "[\"a\",]", "[\"a\"]]", "[\"a\"] x", "[\"\\ud800\"]", "[\"\xff\"]", "[a]", "a, b"}));
  CAPTURE(text);
  CHECK_FALSE(detail::read_string_list(text));
}

TEST_CASE("the lenient reader keeps items of other kinds as their text, and reads the rest as empty") {
  CHECK(detail::read_string_list_lenient(R"(["a", 1, -2.50, true, null, {"b": [1]}, [ ]])") ==
        list{"a", "1", "-2.50", "true", "null", R"({"b": [1]})", "[ ]"});
  std::string const text = GENERATE(
      values<std::string>({"", "null", "{}", "\"a\"", "a, b", "[\"a\"", "[\"a\",]", "[\"a\"] x", "[\"a\", \"\xff\"]"}));
  CAPTURE(text);
  CHECK(detail::read_string_list_lenient(text).empty());
}

TEST_CASE("every list of UTF-8 strings makes the round trip through ASCII JSON") {
  std::mt19937 random{8259};
  for (int i = 0; i < 2000; ++i) {
    list items(random() % 4);
    for (auto& item : items) item = random_text(random);
    std::string const text = detail::write_string_list(items);
    REQUIRE(detail::read_string_list(text) == items);
    REQUIRE(json::try_parse(text));
    for (char const character : text) REQUIRE((character >= 0x20 && character < 0x7f));
  }
}

TEST_CASE("bytes that are no UTF-8 are refused, and the text so far is kept") {
  std::string out = "before ";
  CHECK_THROWS_AS(detail::append_json_string(out, "a\xff"), invalid_value);
  CHECK(out == "before ");
  CHECK_THROWS_AS(detail::write_string_list(list{"a", "\xed\xa0\x80"}), invalid_value);
  detail::append_json_string(out, "a");
  CHECK(out == "before \"a\"");
}
