// SPDX-License-Identifier: MIT
// Short texts: UUIDs, decimals, SQLite's messages about constraints, and words that someone looks for.

#include <forge_db/core/decimal.hpp>
#include <forge_db/core/uuid.hpp>
#include <forge_db/driver/sqlite/constraint_message.hpp>
#include <forge_db/query/detail/full_text_words.hpp>

#include <sqlite3.h>

#include "fuzz/fuzz_target.hpp"

#include <algorithm>
#include <optional>

using namespace forge_db;

namespace {

std::string lower_digits(std::string_view text) {
  std::string lower;
  for (char const character : text) {
    if (character != '-') lower += character >= 'A' && character <= 'F' ? static_cast<char>(character + 32) : character;
  }
  return lower;
}

void check_uuid(std::string_view input) {
  auto const read = parse_uuid(input);
  if (!read) return;
  std::string hex(32, '?');
  write_hex32(*read, hex.data());
  fuzz::require(hex == lower_digits(input), "a UUID is written with the digits that were read");
  fuzz::require(parse_uuid(hex) == read && parse_uuid(uuid_text(*read)) == read, "both forms are the same UUID");
}

/// What try_parse() has to answer, found by moving the point in the text.
std::optional<std::string> scaled_digits(std::string_view text, std::size_t precision, std::size_t scale) {
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto const point = text.find('.');
  std::string whole(text.substr(0, point));
  std::string fraction(point == text.npos ? "" : text.substr(point + 1));
  if (whole.empty() || (point != text.npos && fraction.empty())) return std::nullopt;
  if ((whole + fraction).find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  while (fraction.size() > scale && fraction.back() == '0') fraction.pop_back();
  if (fraction.size() > scale) return std::nullopt;
  fraction.resize(scale, '0');
  std::string digits = whole + fraction;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits.size() > precision) return std::nullopt;
  return (negative && digits != "0" ? "-" : "") + digits;
}

template <int Precision, int Scale>
void check_decimal(std::string_view input) {
  using number = decimal<Precision, Scale>;
  auto const read = number::try_parse(input);
  auto const expected = scaled_digits(input, Precision, Scale);
  fuzz::require(read.has_value() == expected.has_value(), "a decimal is read if it fits without rounding");
  if (!read) return;
  fuzz::require(std::to_string(read->scaled()) == *expected, "a decimal has the digits that were read");
  fuzz::require(number::parse(read->text()) == *read, "a decimal is written as the same number");
}

void check_constraint_message(std::string_view input) {
  static constexpr std::string_view beginnings[] = {"", "UNIQUE constraint failed: ", "NOT NULL constraint failed: ",
                                                    "CHECK constraint failed: ", "cannot store TEXT value in "};
  for (std::string_view const beginning : beginnings) {
    std::string const message = std::string(beginning) + std::string(input);
    auto const names = sqlite::read_constraint_message(message);
    fuzz::require(message.find(names.table) != message.npos, "the table stands in the message");
    fuzz::require(message.find(names.constraint) != message.npos, "the constraint stands in the message");
    fuzz::require(names.column.size() <= message.size(), "the columns stand in the message");
  }
}

/// What stands for itself in words that someone typed.
std::string without_spaces(std::string_view words) {
  std::string kept;
  for (char const c : words) {
    auto const code = static_cast<unsigned char>(c);
    if (code > 0x20 && code != 0x7f && c != '"') kept += c;
  }
  return kept;
}

/// Phrases in quotes with a space between them, which FTS5 takes whatever was typed.
void check_full_text_words(std::string_view input) {
  std::string query(detail::full_text_query_size(input.size()), '\0');
  std::size_t const size = detail::write_full_text_query(input, query);
  fuzz::require(size <= query.size(), "a query is no longer than it can become");
  query.resize(size);
  fuzz::require(without_spaces(query) == without_spaces(input), "a query has the words that were typed");
  for (std::size_t at = 0; at < size;) {
    std::size_t const end = query.find('"', at + 1);
    fuzz::require(query[at] == '"' && end != query.npos, "what was typed stands in quotes");
    fuzz::require(end + 1 == size || query[end + 1] == ' ', "phrases have a space between them");
    at = end + 2;
  }
  static sqlite3_stmt* const statement = [] {
    sqlite3* handle = nullptr;
    sqlite3_stmt* made = nullptr;
    sqlite3_open(":memory:", &handle);
    sqlite3_exec(handle, "create virtual table f using fts5(t); insert into f values ('a b')", nullptr, nullptr,
                 nullptr);
    sqlite3_prepare_v2(handle, "select count(*) from f(?)", -1, &made, nullptr);
    return made;
  }();
  sqlite3_bind_text(statement, 1, query.data(), static_cast<int>(size), SQLITE_STATIC);
  int const code = sqlite3_step(statement);
  sqlite3_reset(statement);
  fuzz::require(code == SQLITE_ROW, "FTS5 takes the query");
}

}  // namespace

FORGE_DB_FUZZ(scalars) {
  check_uuid(input);
  check_decimal<10, 2>(input);
  check_decimal<18, 18>(input);
  check_decimal<18, 0>(input);
  check_decimal<1, 1>(input);
  check_constraint_message(input);
  check_full_text_words(input);
}
