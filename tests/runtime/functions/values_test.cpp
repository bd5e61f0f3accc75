// SPDX-License-Identifier: MIT
// Functions of conditions, types, text and numbers, compared with what C++ makes of the same rows.
#include "runtime/functions/measures_database.hpp"
#include "support/catch.hpp"

#include <forge_db/query/functions/cast.hpp>
#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/functions/math.hpp>
#include <forge_db/query/functions/text.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using measures::Sample;
namespace columns = measures::samples;

namespace {

std::vector<std::string> const words{
    "",      "abc", "ABC xyz", "  both  ", "Straße", "\xC3\x84\xC3\xA4", "a%b_c\\d", "日本語", "\xF0\x9F\x98\x80 smile",
    "xyzxyz"};
std::vector<double> const numbers{0,      -0.5, 0.5,  1.5,  -1.5,  2.4999999999999996, 0.49999999999999994,
                                  -2.675, 1e15, -3.0, 2.25, -7.75, 4.5036e15 + 1,      1e-9};

std::vector<Sample> sample_rows() {
  std::vector<Sample> rows;
  for (std::size_t i = 0; i < 40; ++i) {
    Sample row{};
    row.id = measures::SampleId{static_cast<std::int64_t>(i)};
    row.word = words[i % words.size()];
    if (i % 3 != 0) row.note = words[(i / 3) % words.size()];
    row.whole = static_cast<std::int64_t>(i) * 7 - 100;
    if (i % 4 != 0) row.small = static_cast<std::int32_t>(i) - 20;
    row.real = numbers[i % numbers.size()];
    if (i % 5 != 0) row.maybe = numbers[(i / 2) % numbers.size()];
    row.flag = i % 2 == 0;
    row.letter = i % 3 == 0;
    row.price = decimal<12, 2>::from_scaled(static_cast<std::int64_t>(i) * 37 - 555);
    row.grade = static_cast<measures::grade>(i % 3);
    rows.push_back(row);
  }
  return rows;
}

/// Runs a query over the rows, in their order.
template <class... Items>
auto selected(std::vector<Sample> const& rows, Items... items) {
  auto db = tests::measures_database();
  return db.write([&](auto& session) {
    session.execute(insert(rows));
    auto found = session.all(select(items...).template from<Sample>().order_by(columns::id.asc()));
    REQUIRE(found.size() == rows.size());
    return found;
  });
}

std::string folded(std::string text, char from, char to, int by) {
  for (char& c : text) {
    if (c >= from && c <= to) c = static_cast<char>(c + by);
  }
  return text;
}

/// The characters of UTF-8 text.
std::vector<std::string> characters(std::string const& text) {
  std::vector<std::string> made;
  for (char const c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) made.emplace_back();
    made.back() += c;
  }
  return made;
}
std::string joined(std::vector<std::string> const& parts, std::size_t from, std::size_t count) {
  std::string text;
  for (std::size_t i = from; i < parts.size() && i < from + count; ++i) text += parts[i];
  return text;
}

}  // namespace

TEST_CASE("case, coalesce, nullif and the greater of two choose values as C++ would") {
  auto const rows = sample_rows();
  auto const found = selected(
      rows, case_when(columns::whole < 0, "below").when(columns::maybe > 0.0, columns::word).otherwise(columns::note),
      case_when(columns::whole > 50, columns::whole), coalesce(columns::maybe, columns::small, -1),
      coalesce(columns::note, columns::word), nullif(columns::word, "abc"), greatest(columns::real, columns::maybe),
      least(columns::whole, 10), val(columns::maybe > 0.0), iif(columns::flag == true, 1, columns::real));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    auto const& row = rows[i];
    bool const positive = row.maybe && *row.maybe > 0;
    CHECK(std::get<0>(found[i]) == (row.whole < 0 ? std::optional<std::string>("below")
                                    : positive    ? std::optional(row.word)
                                                  : row.note));
    CHECK(std::get<1>(found[i]) == (row.whole > 50 ? std::optional(row.whole) : std::nullopt));
    CHECK(std::get<2>(found[i]) == row.maybe.value_or(row.small.value_or(-1)));
    CHECK(std::get<3>(found[i]) == row.note.value_or(row.word));
    CHECK(std::get<4>(found[i]) == (row.word == "abc" ? std::nullopt : std::optional(row.word)));
    CHECK(std::get<5>(found[i]) == (row.maybe ? std::optional(std::max(row.real, *row.maybe)) : std::nullopt));
    CHECK(std::get<6>(found[i]) == std::min<std::int64_t>(row.whole, 10));
    CHECK(std::get<7>(found[i]) == (row.maybe ? std::optional(positive) : std::nullopt));
    CHECK(std::get<8>(found[i]) == (row.flag ? 1.0 : row.real));
  }
}

TEST_CASE("casts cut off, scale and write as C++ does") {
  auto const rows = sample_rows();
  auto const found = selected(rows, cast<std::int64_t>(columns::price), cast<double>(columns::price),
                              cast<std::string>(columns::price), cast<std::int64_t>(columns::flag),
                              cast<std::int64_t>(columns::letter), cast<std::string>(columns::grade),
                              cast<decimal<18, 1>>(columns::maybe), cast<std::int64_t>(columns::maybe));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    auto const& row = rows[i];
    CHECK(std::get<0>(found[i]) == row.price.scaled() / 100);
    CHECK(std::get<1>(found[i]) == static_cast<double>(row.price.scaled()) / 100);
    CHECK(std::get<2>(found[i]) == row.price.text());
    CHECK(std::get<3>(found[i]) == row.flag);
    CHECK(std::get<4>(found[i]) == row.letter);
    CHECK(std::get<5>(found[i]) == to_text(row.grade));
    REQUIRE(std::get<6>(found[i]).has_value() == row.maybe.has_value());
    if (!row.maybe) continue;
    CHECK(std::get<6>(found[i])->scaled() == std::llround(*row.maybe * 10));
    CHECK(std::get<7>(found[i]) == static_cast<std::int64_t>(*row.maybe));
  }
}

TEST_CASE("functions of text count characters and fold A to Z") {
  auto const rows = sample_rows();
  auto const found =
      selected(rows, lower(columns::word), upper(columns::note), length(columns::word), byte_length(columns::word),
               substr(columns::word, 2, 3), left(columns::word, 2), right(columns::word, 2), right(columns::word, 0),
               trim(columns::word), rtrim(columns::word, "yz "), replace(columns::word, "xyz", columns::word),
               concat(columns::word, "+", columns::note), position(columns::word, "語"), substr(columns::word, 3));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    auto const& row = rows[i];
    auto const each = characters(row.word);
    CHECK(std::get<0>(found[i]) == folded(row.word, 'A', 'Z', 32));
    CHECK(std::get<1>(found[i]) == (row.note ? std::optional(folded(*row.note, 'a', 'z', -32)) : std::nullopt));
    CHECK(std::get<2>(found[i]) == static_cast<std::int64_t>(each.size()));
    CHECK(std::get<3>(found[i]) == static_cast<std::int64_t>(row.word.size()));
    CHECK(std::get<4>(found[i]) == joined(each, 1, 3));
    CHECK(std::get<5>(found[i]) == joined(each, 0, 2));
    CHECK(std::get<6>(found[i]) == joined(each, each.size() < 2 ? 0 : each.size() - 2, 2));
    CHECK(std::get<7>(found[i]).empty());
    CHECK(std::get<11>(found[i]) == (row.note ? std::optional(row.word + "+" + *row.note) : std::nullopt));
    CHECK(std::get<12>(found[i]) == (row.word == "日本語" ? 3 : 0));
    CHECK(std::get<13>(found[i]) == joined(each, 2, each.size()));
  }
  CHECK(std::get<8>(found[3]) == "both");
  CHECK(std::get<9>(found[9]) == "xyzx");
  CHECK(std::get<10>(found[9]) == "xyzxyzxyzxyz");
  CHECK(std::get<10>(found[1]) == "abc");
}

TEST_CASE("functions that count characters end at a NUL, all others take text as it is") {
  Sample row{};
  row.word = std::string("a\0Bc", 4);
  std::string const nul(1, '\0');
  auto const db_rows = std::vector<Sample>{row};
  CHECK(selected(db_rows, lower(columns::word), upper(columns::word), byte_length(columns::word),
                 position(columns::word, "Bc"), concat(columns::word, nul), replace(columns::word, "B", nul),
                 trim(columns::word, "ac"), val(contains(columns::word, std::string("\0b", 2))),
                 val(starts_with(columns::word, std::string("a\0B", 3))),
                 val(ends_with(columns::word, std::string("\0Bc", 3))))[0] ==
        std::make_tuple(std::string("a\0bc", 4), std::string("A\0BC", 4), std::int64_t{4}, std::int64_t{3},
                        std::string("a\0Bc\0", 5), std::string("a\0\0c", 4), std::string("\0B", 2), true, true, true));
  CHECK(selected(db_rows, val(contains(columns::word, std::string("\0c", 2))),
                 val(starts_with(columns::word, std::string("a\0c", 3))),
                 val(ends_with(columns::word, std::string("a\0c", 3))))[0] == std::make_tuple(false, false, false));
  // What docs/spec.md names as a limit.
  CHECK(selected(db_rows, length(columns::word), substr(columns::word, 1, 3), left(columns::word, 3),
                 right(columns::word, 1), val(like_pattern(columns::word, "a")), replace(columns::word, nul, "-"),
                 trim(columns::word, nul + "a"))[0] == std::make_tuple(std::int64_t{1}, std::string("a"),
                                                                       std::string("a"), std::string("a"), true,
                                                                       row.word, row.word));
}

TEST_CASE("text is looked for at its beginning, its end, within, and by a pattern") {
  auto const rows = sample_rows();
  auto const found = selected(rows, val(starts_with(columns::word, columns::note)), val(ends_with(columns::word, "c")),
                              val(ends_with(columns::word, "")), val(contains(columns::word, "XYZ")),
                              val(like_pattern(columns::word, "%B\\_C%")), val(like_pattern(columns::word, "___")),
                              val(ends_with(columns::word, columns::word)), val(ends_with(columns::word, "\xA4")));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i, rows[i].word);
    auto const& row = rows[i];
    CHECK(std::get<0>(found[i]) == (row.note ? std::optional(row.word.starts_with(*row.note)) : std::nullopt));
    CHECK(std::get<1>(found[i]) == row.word.ends_with("c"));
    CHECK(std::get<2>(found[i]));
    CHECK(std::get<3>(found[i]) == (folded(row.word, 'A', 'Z', 32).find("xyz") != std::string::npos));
    CHECK(std::get<4>(found[i]) == (row.word == words[6]));
    CHECK(std::get<5>(found[i]) == (characters(row.word).size() == 3));
    CHECK(std::get<6>(found[i]));
  }
  CHECK(escape_like("50%_\\") == "50\\%\\_\\\\");
}

TEST_CASE("what text functions cannot mean on both dialects is refused when the query is made") {
  CHECK_THROWS_AS(substr(columns::word, 0, 1), invalid_value);
  CHECK_THROWS_AS(substr(columns::word, 1, -1), invalid_value);
  CHECK_THROWS_AS(right(columns::word, -1), invalid_value);
  CHECK_THROWS_AS(round(columns::real, 16), invalid_value);
}

TEST_CASE("numbers are rounded away from zero, down and up as C++ does it") {
  auto const rows = sample_rows();
  auto const found = selected(rows, abs(columns::whole), abs(columns::price), round(columns::real),
                              round(columns::real, 2), floor(columns::maybe), ceil(columns::real), sqrt(columns::real),
                              power(columns::real, 2), round(columns::real + 0.25));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i, rows[i].real);
    auto const& row = rows[i];
    auto const rounded = [](double x) {  // adds a half and cuts off, which is not std::round for 0.49999999999999994
      return std::fabs(x) < 4503599627370496.0 ? std::trunc(x + std::copysign(0.5, x)) : x;
    };
    CHECK(std::get<0>(found[i]) == std::abs(row.whole));
    CHECK(std::get<1>(found[i]).scaled() == std::abs(row.price.scaled()));
    CHECK(std::get<2>(found[i]) == rounded(row.real));
    CHECK(std::get<3>(found[i]) == rounded(row.real * 100) / 100);
    CHECK(std::get<4>(found[i]) == (row.maybe ? std::optional(std::floor(*row.maybe)) : std::nullopt));
    CHECK(std::get<5>(found[i]) == std::ceil(row.real));
    CHECK(std::get<6>(found[i]) == (row.real < 0 ? std::nullopt : std::optional(std::sqrt(row.real))));
    CHECK(std::get<7>(found[i]) == row.real * row.real);
    CHECK(std::get<8>(found[i]) == rounded(row.real + 0.25));
  }
}
