// SPDX-License-Identifier: MIT

// Values that are known when the program is compiled.

#include <forge_db/core/core.hpp>

#include <chrono>
#include <limits>
#include <string_view>
#include <type_traits>

namespace {

using namespace std::literals;
using forge_db::decimal;
using forge_db::fixed_string;
using forge_db::timestamp;

// fixed_string: one type argument for equal texts, NULs included.
template <fixed_string Text>
struct named {
  static constexpr std::string_view text = Text.view();
};
static_assert(named<"books">::text == "books");
static_assert(std::is_same_v<named<"books">, named<"books">>);
static_assert(!std::is_same_v<named<"books">, named<"book">>);
static_assert(fixed_string{""}.size() == 0);
static_assert(fixed_string{"a\0b"}.view() == "a\0b"sv);
static_assert(fixed_string{"ab"} + fixed_string{"c"} == fixed_string{"abc"});
static_assert(fixed_string{"ab"} != fixed_string{"abc"});
static_assert((fixed_string{"ab"} + fixed_string{"c"}).c_str()[3] == '\0');

// timestamp
static_assert(std::is_trivially_copyable_v<timestamp>);
static_assert(sizeof(timestamp) == 8);
static_assert(timestamp{}.unix_us() == 0);
static_assert(timestamp{std::chrono::sys_days{std::chrono::year{1970} / 1 / 2}}.unix_us() == 86'400'000'000);
static_assert(timestamp{std::chrono::sys_time<std::chrono::nanoseconds>{-1ns}}.unix_us() == -1);
static_assert(timestamp{} + 1s - 1ms == timestamp::from_unix_us(999'000));
static_assert(1h + timestamp{} - timestamp{} == 3600s);
static_assert(timestamp::min() < timestamp::max());
static_assert(forge_db::parse_timestamp("2024-02-29 00:00:00.000000").has_value());
static_assert(!forge_db::parse_timestamp("2023-02-29 00:00:00.000000").has_value());
static_assert(!std::is_constructible_v<timestamp, std::int64_t>);

// date
static_assert(forge_db::parse_date("1970-01-02")->unix_days() == 1);
static_assert(forge_db::date{std::chrono::year{2000} / 2 / 29}.year_month_day() == std::chrono::year{2000} / 2 / 29);

// decimal
static_assert(decimal<10, 2>::parse("10.5").scaled() == 1050);
static_assert(decimal<10, 2>::parse("0.1") + decimal<10, 2>::parse("0.2") == decimal<10, 2>::parse("0.3"));
static_assert(!std::is_constructible_v<decimal<10, 2>, double>);
static_assert(!std::is_constructible_v<decimal<10, 2>, int>);
static_assert(!std::equality_comparable_with<decimal<10, 2>, decimal<10, 3>>);

// uuid
static_assert(forge_db::parse_uuid("ffffffffffffffffffffffffffffffff")->data[15] == 0xff);

}  // namespace
