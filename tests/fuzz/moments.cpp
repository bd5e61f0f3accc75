// SPDX-License-Identifier: MIT
// Time stamps and dates: what is read is written back as the same moment, and SQLite reads it as the same second.

#include <forge_db/core/date.hpp>
#include <forge_db/core/timestamp.hpp>

#include <sqlite3.h>

#include "fuzz/fuzz_target.hpp"

#include <cstdlib>
#include <optional>

using namespace forge_db;

namespace {

/// The second that SQLite's own date functions read; nothing where they do not know the form.
std::optional<std::int64_t> second_by_sqlite(std::string_view text) {
  static sqlite3_stmt* const statement = [] {
    sqlite3* connection = nullptr;
    sqlite3_stmt* made = nullptr;
    sqlite3_open(":memory:", &connection);
    sqlite3_prepare_v2(connection, "select cast(strftime('%s', ?) as integer)", -1, &made, nullptr);
    return made;
  }();
  sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  sqlite3_step(statement);
  std::optional<std::int64_t> second;
  if (sqlite3_column_type(statement, 0) == SQLITE_INTEGER) second = sqlite3_column_int64(statement, 0);
  sqlite3_reset(statement);
  return second;
}

}  // namespace

FORGE_DB_FUZZ(moments) {
  auto const lenient = parse_timestamp_lenient(input);
  auto const strict = parse_timestamp(input);
  fuzz::require(!strict || strict == lenient, "the lenient reader reads what the strict one reads");
  if (lenient) {
    std::string const text = timestamp_text(*lenient);
    fuzz::require(parse_timestamp(text) == lenient, "the canonical form is the same moment");
    fuzz::require(!strict || text == input, "the canonical form is the only one that the strict reader takes");
    fuzz::require(parse_timestamp_lenient(timestamp_iso(*lenient)) == lenient, "the ISO form is the same moment");
    if (auto const second = second_by_sqlite(input)) {  // it rounds to milliseconds
      fuzz::require(std::abs(lenient->unix_us() / 1'000'000 - *second) <= 1, "SQLite reads the same second");
    }
  }
  for (std::size_t size : {input.size(), std::size_t{10}}) {
    auto const day = parse_date(input.substr(0, size));
    if (!day) continue;
    fuzz::require(date_text(*day) == input.substr(0, size), "a date is written as it was read");
    fuzz::require(second_by_sqlite(date_text(*day)) == std::int64_t{day->unix_days()} * 86'400,
                  "SQLite reads the same day");
  }
}
