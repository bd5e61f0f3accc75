// SPDX-License-Identifier: MIT

#include <forge_db/core/uuid.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace forge_db;

namespace {

unsigned version_of(uuid const& value) { return value.data[6] >> 4; }
unsigned variant_of(uuid const& value) { return value.data[8] >> 6; }

std::uint64_t milliseconds_of(uuid const& value) {
  std::uint64_t milliseconds = 0;
  for (int i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | value.data[i];
  return milliseconds;
}

std::uint64_t now_in_milliseconds() {
  using namespace std::chrono;
  return static_cast<std::uint64_t>(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

template <class Make>
std::vector<uuid> many(int count, Make make) {
  std::vector<uuid> made;
  made.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) made.push_back(make());
  return made;
}

/// Runs the clock of uuid_v7 ahead for a while.
class clock_ahead {
 public:
  explicit clock_ahead(std::uint64_t tick) : before_(detail::last_uuid_tick.exchange(tick)) {}
  ~clock_ahead() { detail::last_uuid_tick = before_; }
  clock_ahead(clock_ahead const&) = delete;
  clock_ahead& operator=(clock_ahead const&) = delete;

 private:
  std::uint64_t before_;
};

}  // namespace

TEST_CASE("uuids carry their version and variant") {
  for (uuid const& value : many(200, uuid_v4)) {
    CHECK(version_of(value) == 4);
    CHECK(variant_of(value) == 2);
  }
  for (uuid const& value : many(200, uuid_v7)) {
    CHECK(version_of(value) == 7);
    CHECK(variant_of(value) == 2);
  }
}

TEST_CASE("every random bit of a uuid is sometimes set and sometimes not") {
  auto const seen = [](std::vector<uuid> const& values, std::size_t byte) {
    unsigned set = 0;
    unsigned clear = 0;
    for (uuid const& value : values) {
      set |= value.data[byte];
      clear |= ~value.data[byte] & 0xffU;
    }
    return set & clear;
  };
  auto const fours = many(200, uuid_v4);
  auto const sevens = many(200, uuid_v7);
  for (std::size_t i = 0; i < 16; ++i) {
    CHECK(seen(fours, i) == (i == 6 ? 0x0fU : i == 8 ? 0x3fU : 0xffU));
    if (i >= 8) CHECK(seen(sevens, i) == (i == 8 ? 0x3fU : 0xffU));
  }
}

TEST_CASE("uuid_v4 does not repeat") {
  auto const values = many(5000, uuid_v4);
  CHECK(std::set<uuid>(values.begin(), values.end()).size() == values.size());
}

TEST_CASE("uuid_v7 holds the time") {
  std::uint64_t const before = now_in_milliseconds();
  std::uint64_t const held = milliseconds_of(uuid_v7());
  CHECK(held >= before);
  CHECK(held <= now_in_milliseconds() + 1000);  // other tests of this program may have run ahead
}

TEST_CASE("uuid_v7 increases, in bytes and as text, within a millisecond too") {
  auto const values = many(5000, uuid_v7);
  CHECK(std::adjacent_find(values.begin(), values.end(), [](auto& a, auto& b) { return !(a < b); }) == values.end());
  CHECK(uuid_text(values.front()) < uuid_text(values.back()));
}

TEST_CASE("uuid_v7 increases while the clock stands behind what was handed out") {
  std::uint64_t const ahead = now_in_milliseconds() + 3'600'000;
  clock_ahead const guard{(ahead << 12) + 4095};  // the next tick carries into the milliseconds
  uuid const first = uuid_v7();
  uuid const second = uuid_v7();
  CHECK(milliseconds_of(first) == ahead + 1);
  CHECK((first.data[6] & 0x0f) == 0);
  CHECK(first.data[7] == 0);
  CHECK(second.data[7] == 1);
  CHECK(first < second);
  CHECK(version_of(second) == 7);
}

TEST_CASE("threads get different uuids, each in increasing order") {
  std::vector<std::vector<uuid>> made(4);
  std::vector<std::thread> threads;
  threads.reserve(made.size());
  for (auto& mine : made) threads.emplace_back([&mine] { mine = many(2000, uuid_v7); });
  for (auto& thread : threads) thread.join();

  std::set<std::string> prefixes;  // time and counter alone must differ
  for (auto const& mine : made) {
    CHECK(std::is_sorted(mine.begin(), mine.end()));
    for (uuid const& value : mine) prefixes.insert(uuid_text(value).substr(0, 18));
  }
  CHECK(prefixes.size() == 8000);
}

TEST_CASE("a uuid is written in two forms, lower case") {
  uuid const value = *parse_uuid("01890A5D-AC96-774B-BCCE-B302099A8057");
  CHECK(uuid_text(value) == "01890a5d-ac96-774b-bcce-b302099a8057");
  std::string hex(32, '?');
  write_hex32(value, hex.data());
  CHECK(hex == "01890a5dac96774bbcceb302099a8057");
  CHECK(uuid_text(uuid{}) == "00000000-0000-0000-0000-000000000000");
}

TEST_CASE("a written uuid is read back") {
  for (uuid const& value : many(200, uuid_v4)) {
    CHECK(parse_uuid(uuid_text(value)) == value);
    std::string hex(32, '?');
    write_hex32(value, hex.data());
    CHECK(parse_uuid(hex) == value);
  }
}

TEST_CASE("text that is no uuid is not read") {
  char const* const text = GENERATE(
      "", "0", "01890a5d-ac96-774b-bcce-b302099a805", "01890a5d-ac96-774b-bcce-b302099a80577",
      "01890a5dac96774bbcceb302099a805", "01890a5dac96774bbcceb302099a80577", "01890a5d-ac96-774b-bcceb302099a8057",
      "01890a5d-ac96774b--bcce-b302099a8057", "{1890a5d-ac96-774b-bcce-b302099a805}",
      "g1890a5d-ac96-774b-bcce-b302099a8057", " 1890a5dac96774bbcceb302099a8057", "01890a5dac96774bbcceb302099a805\xff",
      "01890a5d_ac96_774b_bcce_b302099a8057", "+1890a5dac96774bbcceb302099a8057");
  CAPTURE(text);
  CHECK_FALSE(parse_uuid(text));
}
