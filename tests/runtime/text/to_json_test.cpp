// SPDX-License-Identifier: MIT

#include <library/models.hpp>

#include <forge_db/text/format.hpp>
#include <forge_db/text/row_text.hpp>
#include <forge_db/text/to_json.hpp>

#include "support/catch.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace forge_db;
using library::Book;
using library::BookId;
using library::Member;
using library::MemberId;
using library::Shelf;

namespace {

Book sample() {
  Book book;
  book.id = BookId{std::numeric_limits<std::int64_t>::max()};
  book.isbn = "97\"8";
  book.title = "Größe\n";
  book.tags = {"a", "b"};
  book.score = 0.1;
  book.status = library::loan_status::lost;
  book.created_at = timestamp::from_unix_us(1);
  book.updated_at = timestamp::from_unix_us(0);
  return book;
}

}  // namespace

TEST_CASE("a row becomes an object with the columns' names, every value exact") {
  CHECK(to_json(sample()) ==
        R"({"id": 9223372036854775807, "isbn": "97\"8", "title": "Gr\u00f6\u00dfe\n", "shelf_id": null, )"
        R"("tags": ["a", "b"], "score": 0.1, "status": "lost", "created_at": "1970-01-01T00:00:00.000001Z", )"
        R"("updated_at": "1970-01-01T00:00:00.000000Z"})");
  Member member;
  member.id = MemberId{*parse_uuid("00112233-4455-6677-8899-aabbccddeeff")};
  member.active = true;
  member.joined_on = *parse_date("2024-02-29");
  member.balance = decltype(member.balance)::parse("-9999999999.90");
  member.settings = json::parse(R"({"a": [1, 1e400]})");
  member.photo = to_bytes(std::string_view("\x00\xff?>", 4));
  auto const text = to_json(member, {.skip_null = true});
  CHECK(text.find(R"("id": "00112233-4455-6677-8899-aabbccddeeff")") != std::string::npos);
  CHECK(text.find(R"("active": true, "joined_on": "2024-02-29", "balance": "-9999999999.90")") != std::string::npos);
  CHECK(text.find(R"("settings": {"a": [1, 1e400]}, "photo": "AP8/Pg==")") != std::string::npos);
  CHECK(text.find("card") == std::string::npos);
  CHECK(json::try_parse(text));
}

TEST_CASE("real numbers read back as the same double") {
  Book book = sample();
  for (double const value : {0.1, 1.0, -0.0, 1e22, 5e-324, 1.7976931348623157e308, 2.0 / 3,
                             std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
    book.score = value;
    auto const text = to_json(book);
    auto const at = text.find("\"score\": ") + 9;
    double const back = std::strtod(text.c_str() + at, nullptr);
    CHECK(back == value);
    CHECK(std::signbit(back) == std::signbit(value));
    CHECK(json::try_parse(text));
    if (value == 1.0) CHECK(text.substr(at, 4) == "1.0,");
  }
}

TEST_CASE("what JSON cannot hold is refused, naming the column and not the value") {
  auto const refused = [](auto const& row, std::string const& column) {
    try {
      static_cast<void>(to_json(row));
      FAIL("not refused: " + column);
    } catch (invalid_value const& failure) {
      CHECK(failure.context().column == column);
      CHECK(std::string(failure.what()).find("secret") == std::string::npos);
    }
  };
  Book book = sample();
  book.title = "secret\xff";
  refused(book, "title");
  book = sample();
  book.score = std::nan("");
  refused(book, "score");
  Member member;
  member.settings = json::unchecked("{secret");
  refused(member, "settings");
}

TEST_CASE("lists, pages and indented text") {
  Shelf shelf;
  shelf.id = library::ShelfId{1};
  shelf.code = "A";
  std::string const one = R"({"id": 1, "code": "A", "name": "", "parent_id": null, "depth": 0})";
  CHECK(to_json(shelf) == one);
  CHECK(to_json(std::vector{shelf, shelf}) == "[" + one + ", " + one + "]");
  CHECK(to_json(std::vector<Shelf>{}) == "[]");
  CHECK(to_json(page<Shelf>{{shelf}, 41, 3, 20}) ==
        "{\"rows\": [" + one + R"(], "total": 41, "number": 3, "size": 20})");
  CHECK(to_json(shelf, {.skip_null = true, .indent = 1}) ==
        "{\n \"id\": 1,\n \"code\": \"A\",\n \"name\": \"\",\n \"depth\": 0\n}");
}

TEST_CASE("rows for people are short, and whatever they hold can be shown") {
  Book book = sample();
  book.title = std::string(50, 'x') + "\xff";
  book.isbn = "\x1b[2J\xff";
  book.score = std::nan("");
  auto const text = row_text(book, {.longest_value = 5});
  CHECK(text.find("title: xxxxx...") != std::string::npos);
  CHECK(text.find("isbn:  [2J\xef\xbf\xbd,") != std::string::npos);
  CHECK(text.find("score: nan, status: lost") != std::string::npos);
  CHECK(text.find("shelf_id: null") != std::string::npos);
  CHECK(text.starts_with("books{id: 9223372036854775807, "));
  Member member;
  member.photo = bytes(12);
  member.settings = json::unchecked("{broken");
  CHECK(row_text(member).find("settings: {broken, photo: <12 bytes>, card: null") != std::string::npos);

  Shelf shelf;
  shelf.code = "Ä";
  CHECK(fmt::format("{}", shelf) == row_text(shelf));
  CHECK(rows_table(std::vector{shelf}).text() ==
        "  id  code  name  parent_id  depth\n"
        "  --  ----  ----  ---------  -----\n"
        "   0  Ä           null           0\n");
}
