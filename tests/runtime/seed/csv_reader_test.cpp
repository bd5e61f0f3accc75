// SPDX-License-Identifier: MIT
#include <forge_db/seed/csv_reader.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace forge_db;
using seed::csv_field;
using seed::csv_reader;

namespace {

using records = std::vector<std::vector<std::string>>;

records all(std::string_view text) {
  csv_reader reader("a.csv", text);
  records found;
  for (std::vector<csv_field> record; reader.next(record);) {
    auto& fields = found.emplace_back();
    for (csv_field const& field : record) fields.push_back(field.is_null() ? "NULL" : std::string(field.text));
  }
  return found;
}

std::string reader_error(std::string_view text) {
  try {
    all(text);
  } catch (invalid_value const& refused) {
    return refused.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("records and fields of RFC 4180") {
  struct example {
    char const* name;
    std::string_view text;
    records expected;
  };
  std::vector<example> const examples{
      {"nothing", "", {}},
      {"one field", "a", {{"a"}}},
      {"lines that end in LF and CRLF, the last one in nothing",
       "a,b\r\nc,d\ne,f",
       {{"a", "b"}, {"c", "d"}, {"e", "f"}}},
      {"a byte order mark", "\xef\xbb\xbf\"a\",b\n", {{"a", "b"}}},
      {"empty is NULL, quoted empty is text", ",\"\",\n", {{"NULL", "", "NULL"}}},
      {"an empty field in the last line", "a,b\n,", {{"a", "b"}, {"NULL", "NULL"}}},
      {"commas, quotes and line ends in quotes", "\"a,\"\"b\"\"\r\n\",\"\"\"\"\n", {{"a,\"b\"\r\n", "\""}}},
      {"spaces belong to the field", " a , b\n", {{" a ", " b"}}},
      {"a carriage return in quotes", "\"a\rb\"\n", {{"a\rb"}}},
      {"control characters and other languages",
       "\x01\t,Gr\xc3\xb6\xc3\x9f\x65\n",
       {{"\x01\t", "Gr\xc3\xb6\xc3\x9f\x65"}}},
  };
  for (auto const& [name, text, expected] : examples) {
    CAPTURE(name);
    CHECK(all(text) == expected);
  }
}

TEST_CASE("what other readers guess about is refused, with its place and without its text") {
  using namespace std::string_view_literals;
  struct example {
    std::string_view text;
    std::string expected;
  };
  std::vector<example> const examples{
      {"a,b\nsecret,x\"y\n"sv, "2:9: a quote within an unquoted field"},
      {"a,b\n\"x\"secret,\n"sv, "2:4: text behind a closing quote"},
      {"a\n\"x\"\"\n\nsecret"sv, "2:1: a quote that is never closed"},
      {"a,b\n\"\n\"secret\"\n"sv, "3:2: text behind a closing quote"},
      {"a\n\nsecret\n"sv, "2:1: an empty line"},
      {"\r\n"sv, "1:1: an empty line"},
      {"a\rsecret\n"sv, "1:2: a carriage return without a line feed"},
      {"a\n\"x\"\r"sv, "2:4: a carriage return without a line feed"},
      {"a,\0secret\n"sv, "1:3: a NUL character"},
      {"a\n\xc3\xb6,\xc3(secret"sv, "2:3: a byte that is not UTF-8"},
      {"a\xed\xa0\x80"sv, "1:2: a byte that is not UTF-8"},
      {"a\xc3"sv, "1:2: a byte that is not UTF-8"},
      {"\xff\xfe"
       "a\0"sv,
       "1:1: a byte that is not UTF-8"},
  };
  for (auto const& [text, expected] : examples) {
    CAPTURE(expected);
    std::string const found = reader_error(text);
    CHECK(found.starts_with("forge_db: a.csv:" + expected));
    CHECK(found.find("secret") == std::string::npos);
  }
}

TEST_CASE("ten megabytes in one field, and ten thousand fields in one record") {
  std::string const large(10'000'000, 'x');  // NOLINT(bugprone-string-constructor): large on purpose
  CHECK(all("a\n\"" + large + "\"\"\"\n") == records{{"a"}, {large + "\""}});
  std::string wide;
  for (int i = 0; i < 10'000; ++i) wide += R"("""",)";
  auto const found = all(wide);
  REQUIRE(found.size() == 1);
  CHECK(found[0].size() == 10'001);
  CHECK(found[0][9'999] == "\"");
}

TEST_CASE("the fields of a record stay while the record does") {
  csv_reader reader("a.csv", "\"a\"\"\",\"b\"\"\",\"c\"\"\"\n");
  std::vector<csv_field> record;
  REQUIRE(reader.next(record));
  CHECK(record[0].text == "a\"");
  CHECK(record[2].text == "c\"");
  CHECK(reader.place_at(record[2].offset) == seed::text_place{1, 13});
  CHECK_FALSE(reader.next(record));
  CHECK(record.empty());
}
