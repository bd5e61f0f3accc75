// SPDX-License-Identifier: MIT
// What a cursor's text is refused for.
#include "runtime/pages/workshop.hpp"
#include "support/catch.hpp"

#include <forge_db/query/detail/cursor_text.hpp>

#include <bit>
#include <limits>

using namespace forge_db;
using namespace workshop;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr auto up = direction::ascending;
constexpr auto down = direction::descending;
using run_cursor = page_cursor<Run>;
using run_order = sort_order<RunSort>;

run_cursor end_of_page(run_order const& by) {
  auto db = tests::workshop_database(20);
  return db.read([&](auto& session) { return RunRepository{session}.page_after({}, by, {}, 5).end; });
}

/// The text with another place in it, and a checksum that fits.
template <class Change>
std::string forged(run_cursor const& from, Change change) {
  forge_db::detail::cursor_place place = *forge_db::detail::cursor_access::place(from);
  change(place);
  return forge_db::detail::cursor_text(place);
}

using forge_db::detail::cursor_place;
using forge_db::detail::cursor_value;

}  // namespace

TEST_CASE("a cursor's text fits into a URL, and comes back as it went") {
  run_cursor const place = end_of_page({{RunSort::project, down, nulls::first}, {RunSort::score, down}, RunSort::cost});
  std::string const text = place.text();
  CHECK(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
        std::string::npos);
  CHECK(run_cursor::from_text(text) == place);
  CHECK(run_cursor::from_text(text).text() == text);
}

TEST_CASE("a cut or altered text is no cursor: every beginning of it, every letter") {
  std::string const text = end_of_page({RunSort::name, RunSort::score}).text();
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK_THROWS_AS(run_cursor::from_text(text.substr(0, size)), bad_cursor);
    CHECK_THROWS_AS(run_cursor::from_text(text.substr(size + 1)), bad_cursor);
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string altered = text;
    for (char const letter : forge_db::detail::cursor_letters) {
      altered[at] = letter;
      if (altered == text) continue;
      CHECK_THROWS_AS(run_cursor::from_text(altered), bad_cursor);
    }
  }
  for (char const* other : {"", "A", "null", "....", "=", "%20", "1", "-1", "\xC3\xA4"}) {
    CHECK_THROWS_AS(run_cursor::from_text(other), bad_cursor);
    CHECK_THROWS_AS(run_cursor::from_text(text + other + "A"), bad_cursor);
  }
  CHECK_THROWS_WITH(run_cursor::from_text(text.substr(1)), ContainsSubstring("start again without one"));
}

TEST_CASE("a cursor of another version is refused, and says so") {
  std::string data = forge_db::detail::from_base64url(end_of_page(RunSort::name).text());
  data.resize(data.size() - 8);
  data.front() = static_cast<char>(forge_db::detail::cursor_version + 1);
  forge_db::detail::write_number(data, forge_db::detail::cursor_checksum(data));
  CHECK_THROWS_WITH(run_cursor::from_text(forge_db::detail::to_base64url(data)),
                    ContainsSubstring("of this version of the program"));
}

TEST_CASE("a cursor of another list is refused: other columns, directions, places of NULL, tables") {
  auto db = tests::workshop_database(20);
  db.read([](auto& session) {
    RunRepository runs{session};
    std::vector<run_order> const orders{
        RunSort::name,
        {{RunSort::name, down}},
        RunSort::score,
        {{RunSort::score, down}},
        {{RunSort::score, up, nulls::last}},
        {{RunSort::score, down, nulls::first}},
        RunSort::project,
        {RunSort::project, RunSort::score},
        {RunSort::score, RunSort::project},
        {RunSort::project, {RunSort::score, down}},
        {{RunSort::score, up, nulls::last}, {RunSort::id, down}},
        {},
    };
    std::vector<run_cursor> ends;
    for (run_order const& each : orders) ends.push_back(runs.page_after({}, each, {}, 5).end);
    for (std::size_t i = 0; i < orders.size(); ++i) {
      for (std::size_t j = 0; j < orders.size(); ++j) {
        if (i == j) {
          CHECK_NOTHROW(runs.page_after({}, orders[i], ends[j]));
        } else {
          CHECK_THROWS_AS(runs.page_after({}, orders[i], ends[j]), bad_cursor);
          CHECK_THROWS_AS(runs.page_before({}, orders[i], ends[j]), bad_cursor);
        }
      }
    }
    auto const of_view = GoodRunRepository{session}.page_after({}, GoodRunSort::name, {}, 2).end;
    CHECK_THROWS_WITH(runs.page_after({}, RunSort::name, run_cursor::from_text(of_view.text())),
                      ContainsSubstring("of the same table, sort columns and directions"));
    // NULL goes nowhere in a column without it, so this is the same order.
    CHECK_NOTHROW(runs.page_after({}, {{RunSort::name, up, nulls::last}}, ends[0]));
  });
}

TEST_CASE("values that the list's columns cannot have are refused, whoever computed the checksum") {
  auto db = tests::workshop_database(20);
  db.read([](auto& session) {
    RunRepository runs{session};
    run_order const by{RunSort::name, RunSort::score, RunSort::state, RunSort::started_at};
    run_cursor const end = runs.page_after({}, by, {}, 5).end;
    auto const refused = [&](std::size_t which, cursor_value const& value) {
      std::string const text = forged(end, [&](cursor_place& place) { place.values[which] = value; });
      CHECK_THROWS_WITH(runs.page_after({}, by, run_cursor::from_text(text)), ContainsSubstring("this list's columns"));
    };
    auto const text = [](char const* value) { return cursor_value::of_bytes(value_kind::text, value); };
    refused(0, {});  // NULL
    refused(0, cursor_value::of_number(value_kind::integer, 1));
    refused(1, text("1"));
    refused(2, text("neither"));
    refused(3, text("yesterday"));
    refused(4, text("1"));
    refused(4, {});
    double const nan = std::numeric_limits<double>::quiet_NaN();
    std::string const odd = forged(end, [&](cursor_place& place) {
      place.values[1] = cursor_value::of_number(value_kind::real, std::bit_cast<std::uint64_t>(nan));
    });
    CHECK_THROWS_AS(run_cursor::from_text(odd), bad_cursor);
    std::string data = forge_db::detail::from_base64url(end.text());
    data.resize(data.size() - 8);
    data[1] = '\2';  // neither before nor behind
    forge_db::detail::write_number(data, forge_db::detail::cursor_checksum(data));
    CHECK_THROWS_AS(run_cursor::from_text(forge_db::detail::to_base64url(data)), bad_cursor);
    std::string const fewer = forged(end, [](cursor_place& place) { place.values.pop_back(); });
    CHECK_THROWS_AS(runs.page_after({}, by, run_cursor::from_text(fewer)), bad_cursor);
    std::string const moved = forged(end, [](cursor_place& place) { place.values[1] = {}; });  // NULL is a score
    CHECK_NOTHROW(runs.page_after({}, by, run_cursor::from_text(moved)));
  });
}

TEST_CASE("an order has each column once, at most four, and a page a size within the spec's") {
  auto db = tests::workshop_database(3);
  db.read([](auto& session) {
    RunRepository runs{session};
    CHECK_THROWS_AS((run_order{RunSort::name, RunSort::name}), invalid_value);
    CHECK_THROWS_AS((run_order{RunSort::name, RunSort::score, RunSort::state, RunSort::cost, RunSort::tokens}),
                    invalid_value);
    CHECK_THROWS_AS(runs.page_after({}, static_cast<RunSort>(99)), invalid_value);
    CHECK_THROWS_AS(runs.page_after({}, {}, {}, 0), invalid_value);
    CHECK_THROWS_WITH(runs.page_after({}, {}, {}, 501),
                      ContainsSubstring("forge_db: page_after() requires its page size"));
    CHECK_THROWS_WITH(runs.page_before({}, {}, {}, 501),
                      ContainsSubstring("forge_db: page_before() requires its page size to "
                                        "be 1 to 500; ask for several pages, or raise"));
    CHECK_THROWS_WITH(runs.list_ordered({}, {}, {.page = 0}),
                      ContainsSubstring("forge_db: list_ordered() requires its page"));
    CHECK_THROWS_WITH(runs.list({}, RunSort::name, up, {.page = 0}),
                      ContainsSubstring("forge_db: list() requires its page"));
  });
}
