// SPDX-License-Identifier: MIT
#include "support/catch.hpp"

#include <context.hpp>
#include <forge_db/core/error.hpp>
#include <whitespace.hpp>

using namespace promptforge::app;
using forge_db::json;

namespace {

std::optional<context> parsed(std::string text) { return parse_context(json::unchecked(std::move(text))); }

}  // namespace

TEST_CASE("the context object: what is none") {
  CHECK_FALSE(parse_context(std::nullopt));
  for (char const* text :
       {"", "null", "{not json", "[]", "\"language\"", "7", "{}", R"({"unknown": "x"})", R"({"language": null})",
        R"({"patterns": {"a": 1}, "test_patterns": 7})", R"({"language": ["C++"], "framework": {}})"}) {
    CAPTURE(text);
    CHECK_FALSE(parsed(text));
  }
  CHECK(parsed(R"({"language": ""})") == context{});  // a known key, and nothing in it
}

TEST_CASE("the context object: values become text, and one text a list") {
  auto const found = parsed(
      R"({"language": 7, "framework": true, "description": 1.5, "documentation": 2.0, "test_framework": "Catch2",
          "conventions": "tabs", "patterns": ["a", null, 3, false, {"k": [1]}], "code_snippets": [], "more": 1})");
  context want;
  want.language = "7";
  want.framework = "True";
  want.description = "1.5";
  want.documentation = "2.0";
  want.test_framework = "Catch2";
  want.conventions = {"tabs"};
  want.patterns = {"a", "3", "False", R"({"k":[1]})"};
  CHECK(found == want);
}

TEST_CASE("the context object: filled fields alone are stored, none as NULL") {
  context some;
  CHECK_FALSE(context_json(some));
  some.language = "Grüße";
  some.patterns = {"a", "b"};
  auto const stored = context_json(some);
  REQUIRE(stored);
  CHECK(stored->text() == R"({"language": "Gr\u00fc\u00dfe", "patterns": ["a", "b"]})");
  CHECK(parse_context(stored) == some);
  some.language = "\xff";
  CHECK_THROWS_AS(context_json(some), forge_db::invalid_value);
}

TEST_CASE("the context object: a merge takes fields from the upper one, and lists as a whole") {
  context base;
  base.language = "C";
  base.framework = "none";
  base.conventions = {"a", "b"};
  context over;
  over.language = "C++";
  over.conventions = {"c"};
  CHECK_FALSE(merge(std::nullopt, std::nullopt));
  CHECK(merge(base, std::nullopt) == base);
  CHECK(merge(std::nullopt, over) == over);
  auto const merged = merge(base, over);
  REQUIRE(merged);
  CHECK(merged->language == "C++");
  CHECK(merged->framework == "none");
  CHECK(merged->conventions == std::vector<std::string>{"c"});
}

TEST_CASE("the context object: a request's fields come before the profile's, those before the workspace's") {
  context workspace, profile, request;
  workspace.language = profile.language = request.language = "w";
  profile.language = "p";
  request.language = "r";
  workspace.framework = "w";
  profile.framework = "p";
  workspace.description = "w";
  auto const all = resolve(workspace, profile, request);
  REQUIRE(all);
  CHECK(all->language == "r");
  CHECK(all->framework == "p");
  CHECK(all->description == "w");
  CHECK_FALSE(resolve(std::nullopt, std::nullopt, std::nullopt));
}

TEST_CASE("the context object: completeness is the filled part of nine, to two decimals") {
  CHECK(completeness(std::nullopt) == 0);
  context some;
  CHECK(completeness(some) == 0);
  some.language = "C++";
  CHECK(completeness(some) == 0.11);
  some.patterns = {"a"};
  CHECK(completeness(some) == 0.22);
  some = {"a", "b", "c", "d", "e", {"f"}, {"g"}, {"h"}, {"i"}};
  CHECK(completeness(some) == 1);
}

TEST_CASE("whitespace is Unicode's, at the ends and within") {
  CHECK(trimmed(" \t\u00a0x y\u3000\r\n") == "x y");
  CHECK(trimmed("\u2003\x1f") == "");
  CHECK(collapsed("\na\r\n\r\n b\u2009\u2009\u2009c \u0085") == "a b c");
  CHECK(collapsed("\u00e9\u200bx") == "\u00e9\u200bx");  // neither is whitespace
  CHECK(collapsed("") == "");
}
