// SPDX-License-Identifier: MIT
// Cursors of pages, which come from strangers: as text, as what the text stands for with a checksum that fits, and as
// places of a list whose values somebody chose.

#include <forge_db/query/detail/cursor_text.hpp>

#include "fuzz/fuzz_target.hpp"
#include "runtime/pages/workshop.hpp"

#include <optional>
#include <utility>

using namespace forge_db;
using namespace workshop;
using forge_db::detail::cursor_place;
using forge_db::detail::cursor_value;

namespace {

constexpr std::size_t number_of_runs = 12;

void check_text(std::string_view text) {
  try {
    fuzz::require(page_cursor<Run>::from_text(text).text() == text, "a cursor's text is the one that was read");
  } catch (bad_cursor const&) {
  }
}

/// Values from the input: a kind, and as many bytes as it needs.
std::vector<cursor_value> chosen_values(std::string_view input) {
  std::vector<cursor_value> values;
  auto const take = [&](std::size_t count) {
    std::string_view const taken = input.substr(0, count);
    input.remove_prefix(taken.size());
    return taken;
  };
  while (!input.empty()) {
    auto const kind = static_cast<value_kind>(static_cast<unsigned char>(take(1).front()) % 5);
    if (kind == value_kind::integer || kind == value_kind::real) {
      std::uint64_t bits = 0;
      for (char const byte : take(8)) bits = bits << 8 | static_cast<unsigned char>(byte);
      values.push_back(cursor_value::of_number(kind, bits));
    } else {
      std::size_t const size = input.empty() ? 0 : static_cast<unsigned char>(take(1).front()) % 16;
      values.push_back(cursor_value::of_bytes(kind, kind == value_kind::null ? std::string_view() : take(size)));
    }
  }
  return values;
}

/// Whatever the values are, the place lies between two rows, or it is refused: no row is on both sides, or on none.
void check_place(sqlite::database& db, sort_order<RunSort> const& order, std::vector<cursor_value> values) {
  db.read([&](auto& session) {
    RunRepository const runs{session};
    cursor_place place = *forge_db::detail::cursor_access::place(runs.page_after({}, order, {}, 1).end);
    place.values = std::move(values);
    for (bool const behind : {false, true}) {
      place.behind = behind;
      std::optional<page_cursor<Run>> cursor;
      try {
        cursor = page_cursor<Run>::from_text(forge_db::detail::cursor_text(place));
        auto const after = runs.page_after({}, order, *cursor);
        auto const before = runs.page_before({}, order, *cursor);
        fuzz::require(after.rows.size() + before.rows.size() == number_of_runs, "each row is on one side of a place");
      } catch (bad_cursor const&) {
        return;
      }
    }
  });
}

}  // namespace

FORGE_DB_FUZZ(cursors) {
  static auto db = tests::workshop_database(static_cast<int>(number_of_runs));
  check_text(input);
  std::string data(1, static_cast<char>(forge_db::detail::cursor_version));
  data += input;
  forge_db::detail::write_number(data, forge_db::detail::cursor_checksum(data));
  check_text(forge_db::detail::to_base64url(data));
  auto const values = chosen_values(input);
  check_place(db, {RunSort::name}, values);
  check_place(db, {RunSort::score, RunSort::project}, values);
  check_place(db, {{RunSort::started_at, direction::descending}}, values);
}
