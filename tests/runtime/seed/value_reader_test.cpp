// SPDX-License-Identifier: MIT
#include <forge_db/schema/codec_time.hpp>
#include <forge_db/schema/cpp_codec.hpp>
#include <forge_db/schema/lenient.hpp>
#include <forge_db/seed/detail/csv_header.hpp>
#include <forge_db/seed/detail/nearest_name.hpp>
#include <forge_db/seed/detail/value_reader.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace forge_db;

struct money {
  std::int64_t cents = 0;
};
struct due {
  std::string text{};
};
struct grams {
  double value = 0;
};
struct weight {};  // a storage of one's own

}  // namespace

template <>
struct forge_db::cpp_codec<money> {
  static std::int64_t to_storage(money const& value) { return value.cents; }
  static std::optional<money> from_storage(std::int64_t cents) {
    return cents < 0 ? std::nullopt : std::optional(money{cents});
  }
};
template <>
struct forge_db::cpp_codec<due> {
  static timestamp to_storage(due const& value) { return *parse_timestamp(value.text); }
  static due from_storage(timestamp at) { return {timestamp_text(at)}; }
};
template <>
struct forge_db::codec<grams, weight> {
  template <class Row>
  static void read(Row& row, int column, grams& out) {
    codec<double, storage::real>::read(row, column, out.value);
  }
};

namespace {

template <class T, class Storage = storage::text>
std::optional<T> read(std::string_view text) {
  T value{};
  if (seed::detail::read_value<Storage>(text, value).empty()) return value;
  return std::nullopt;
}

}  // namespace

TEST_CASE("numbers are read exactly or not at all") {
  CHECK(read<std::int64_t>("-9223372036854775808") == INT64_MIN);
  CHECK(read<std::int32_t>("2147483647") == INT32_MAX);
  for (auto const* text : {"2147483648", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "--1"}) {
    CAPTURE(text);
    CHECK_FALSE(read<std::int32_t>(text));
  }
  CHECK(read<double>("5e-324") == 5e-324);
  CHECK(read<double>("1e+22") == 1e22);  // as Python prints it
  CHECK(read<double>("-1e999") == -std::numeric_limits<double>::infinity());
  CHECK(read<double>("inf") == std::numeric_limits<double>::infinity());
  for (auto const* text : {"nan", "1e400", "1e-400", "1,5", "", "1.5x"}) {
    CAPTURE(text);
    CHECK_FALSE(read<double>(text));
  }
  using price = decimal<5, 2>;
  CHECK(read<price>("-999.90") == price::from_scaled(-99990));
  CHECK_FALSE(read<price>("1.005"));
  CHECK_FALSE(read<price>("1000"));
}

TEST_CASE("booleans as JSON, numbers, and as PostgreSQL prints them") {
  for (auto const* text : {"true", "t", "1"}) CHECK(read<bool>(text) == true);
  for (auto const* text : {"false", "f", "0"}) CHECK(read<bool>(text) == false);
  for (auto const* text : {"TRUE", "yes", "2", "", "on"}) CHECK_FALSE(read<bool>(text));
}

TEST_CASE("bytes as base64 and as hexadecimal digits") {
  auto const text = [](std::string_view field) {
    auto const data = read<bytes>(field);
    return data ? std::string(as_text(*data)) : "refused";
  };
  CHECK(text("").empty());
  CHECK(text("YQ==") == "a");
  CHECK(text("YWI=") == "ab");
  CHECK(text("YWJj") == "abc");
  CHECK(text("\\x6162") == "ab");
  CHECK(text("\\x").empty());
  CHECK(text("+/+/") == "\xfb\xff\xbf");
  for (auto const* field :
       {"YQ", "YQ=", "Y===", "====", "=Q==", "YR==", "YWJ=", "YW=j", "YWJj\n", "-_-_", "\\x6", "\\x6g", "\\X61"}) {
    CAPTURE(field);
    CHECK(text(field) == "refused");
  }
}

TEST_CASE("moments, documents and lists") {
  CHECK(read<timestamp>("2024-05-01 12:00:00.5-02") == parse_timestamp("2024-05-01 14:00:00.500000"));
  CHECK_FALSE(read<timestamp>("now"));
  CHECK_FALSE(read<timestamp>("2024-05-01"));
  CHECK_FALSE(read<date>("2024-02-30"));
  CHECK_FALSE(read<uuid>("00112233-4455-6677-8899-aabbccddeef"));
  CHECK(read<json>("[1, 2]")->text() == "[1, 2]");
  CHECK_FALSE(read<json>("{a: 1}"));
  CHECK_FALSE(read<std::vector<std::string>>("[1]"));
}

TEST_CASE("types of one's own are read by their codecs") {
  using as_money = storage::as<std::int64_t, storage::integer>;
  CHECK(read<money, as_money>("1250")->cents == 1250);
  CHECK_FALSE(read<money, as_money>("-1"));
  CHECK_FALSE(read<money, as_money>("12.50"));
  using as_due = storage::as<timestamp, storage::timestamp_text>;
  CHECK(read<due, as_due>("2024-05-01T12:00:00Z")->text == "2024-05-01 12:00:00.000000");
  CHECK(read<grams, weight>("1.5")->value == 1.5);
  CHECK(read<grams, weight>("2")->value == 2);
  CHECK_FALSE(read<grams, weight>("heavy"));
}

TEST_CASE("a first line with a column that the database computes is refused") {
  seed::detail::column_facts const columns[] = {{"id", false, false}, {"price", true, false}};
  std::string_view const computed[] = {"total"};
  seed::csv_reader reader("a.csv", "price,total\n");
  try {
    seed::detail::csv_header const header(reader, "lines", columns, computed);
    FAIL("accepted");
  } catch (invalid_value const& refused) {
    CHECK(refused.message() == "forge_db: a.csv:1:7: column 'total' is computed by the database; leave it out");
  }
}

TEST_CASE("an unknown name is told the nearest one, or all of them") {
  std::vector<std::string_view> const names{"id", "title", "shelf_id"};
  CHECK(seed::detail::name_hint("titel", names) == "; did you mean 'title'?");
  CHECK(seed::detail::name_hint("shelfid", names) == "; did you mean 'shelf_id'?");
  CHECK(seed::detail::name_hint("publisher", names) == "; it has id, title, shelf_id");
  CHECK(seed::detail::name_hint(std::string(1000, 'x'), names) == "; it has id, title, shelf_id");
}
