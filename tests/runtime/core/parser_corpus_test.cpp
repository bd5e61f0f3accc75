// SPDX-License-Identifier: MIT

// Mutated texts for every reader: whatever is read must survive being written and read again. The seeds are fixed, so a
// failure comes back; run it with the address sanitizer to see reads beyond the text.

#include <forge_db/core/core.hpp>
#include <forge_db/core/detail/json_text.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace forge_db;

namespace {

/// Calls `check` with mutations of the seeds, each in an allocation of exactly its size.
template <class Check>
void each_mutation(std::vector<std::string> const& seeds, Check check) {
  std::mt19937 random{7};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = seeds[random() % seeds.size()];
    std::string const& other = seeds[random() % seeds.size()];
    for (auto edits = random() % 3; edits > 0 && !text.empty(); --edits) {
      auto const at = random() % text.size();
      switch (random() % 5) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text[at] = other[random() % other.size()];
          break;
        case 2:
          text.insert(at, 1, other[random() % other.size()]);
          break;
        case 3:
          text.erase(at, 1 + random() % 4);
          break;
        default:
          text.resize(at);
          break;
      }
    }
    auto const exact = std::make_unique<char[]>(text.size());
    std::copy(text.begin(), text.end(), exact.get());
    CAPTURE(text);
    check(std::string_view{exact.get(), text.size()});
  }
}

}  // namespace

TEST_CASE("mutated timestamps and dates are refused or survive the round trip") {
  int strict = 0;
  int lenient = 0;
  each_mutation({"2024-02-29 12:34:56.789012", "1969-12-31 23:59:59.000001+00:00", "0001-01-01 00:00:00",
                 "9999-12-31T23:59:59.999999999-12:30", "1999-11-30 10:20:30.5Z"},
                [&](std::string_view text) {
                  auto const read = parse_timestamp_lenient(text);
                  if (read) {
                    ++lenient;
                    REQUIRE(parse_timestamp(timestamp_text(*read)) == *read);
                  }
                  if (parse_timestamp(text)) {
                    ++strict;
                    REQUIRE(parse_timestamp(text) == read);
                    REQUIRE(timestamp_text(*read) == text);
                  }
                  if (auto const day = parse_date(text.substr(0, 10))) REQUIRE(date_text(*day) == text.substr(0, 10));
                });
  CHECK(strict > 1000);
  CHECK(lenient > strict);
}

TEST_CASE("mutated uuids are refused or survive the round trip") {
  int accepted = 0;
  each_mutation({"01890a5d-ac96-774b-bcce-b302099a8057", "FFFFFFFF-0000-4000-8000-ABCDEFABCDEF",
                 "01890a5dac96774bbcceb302099a8057"},
                [&](std::string_view text) {
                  auto const read = parse_uuid(text);
                  if (!read) return;
                  ++accepted;
                  std::string hex(32, '?');
                  write_hex32(*read, hex.data());
                  std::string expected(text);
                  std::erase(expected, '-');
                  for (char& character : expected) {
                    if (character >= 'A' && character <= 'F') character = static_cast<char>(character + 32);
                  }
                  REQUIRE(hex == expected);
                  REQUIRE(parse_uuid(uuid_text(*read)) == read);
                });
  CHECK(accepted > 1000);
}

TEST_CASE("mutated decimals are refused or survive the round trip") {
  int accepted = 0;
  each_mutation({"99999999.99", "-0.01", "0010.50", "7", "-123456.7"}, [&](std::string_view text) {
    auto const read = decimal<10, 2>::try_parse(text);
    if (!read) return;
    ++accepted;
    REQUIRE(decimal<10, 2>::parse(read->text()) == *read);
  });
  CHECK(accepted > 1000);
}

TEST_CASE("mutated lists of strings are refused or survive the round trip") {
  int accepted = 0;
  each_mutation(
      {R"(["a", "b\n", "\u00e9"])", R"(["\ud83d\ude00\"\\", "", " "])", "[ \"\xf0\x9f\x98\x80\xc3\xa9\" ]", "[]"},
      [&](std::string_view text) {
        auto const read = detail::read_string_list(text);
        auto const lenient = detail::read_string_list_lenient(text);
        if (!json::try_parse(text)) {
          REQUIRE(!read);
          REQUIRE(lenient.empty());
        }
        if (!read) return;
        ++accepted;
        REQUIRE(lenient == *read);
        REQUIRE(detail::read_string_list(detail::write_string_list(*read)) == read);
      });
  CHECK(accepted > 1000);
}
