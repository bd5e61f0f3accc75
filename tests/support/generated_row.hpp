// SPDX-License-Identifier: MIT
#pragma once

// The row of a table with a generated column, as the generator would write it.

#include <forge_db/query/query.hpp>
#include <forge_db/schema/generated_column.hpp>
#include <forge_db/schema/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tests {

struct Price {
  std::int64_t net{};
  std::int64_t tax{};
  std::int64_t gross{};
};

struct NewPrice {
  using row_type = Price;
  forge_db::required<std::int64_t> net;
  std::optional<std::int64_t> tax{};
};

struct PricePatch {
  using row_type = Price;
  std::optional<std::int64_t> tax{};
};

namespace prices {

template <class Self>
struct number {
  using row_type = Price;
  using value_type = std::int64_t;
  using storage_type = forge_db::storage::integer;
  static constexpr bool nullable = false;
};

struct net_t : forge_db::column<net_t>, number<net_t> {
  using column::operator=;
  static constexpr std::string_view name = "net";
  static constexpr std::string_view quoted = "\"net\"";
  static constexpr std::size_t index = 0;
};
inline constexpr net_t net{};

struct tax_t : forge_db::column<tax_t>, number<tax_t> {
  using column::operator=;
  static constexpr std::string_view name = "tax";
  static constexpr std::string_view quoted = "\"tax\"";
  static constexpr std::size_t index = 1;
};
inline constexpr tax_t tax{};

struct gross_t : forge_db::generated_column<gross_t>, number<gross_t> {
  using generated_column::operator=;
  static constexpr std::string_view name = "gross";
  static constexpr std::string_view quoted = "\"gross\"";
  static constexpr std::size_t index = 2;
};
inline constexpr gross_t gross{};

}  // namespace prices
}  // namespace tests

template <>
struct forge_db::table<tests::Price> {
  using row_type = tests::Price;
  using new_type = tests::NewPrice;
  using patch_type = tests::PricePatch;
  static constexpr std::string_view name = "prices";
  static constexpr std::string_view quoted = "\"prices\"";
  using columns = forge_db::column_list<tests::prices::net_t, tests::prices::tax_t, tests::prices::gross_t>;
  using written = forge_db::column_list<tests::prices::net_t, tests::prices::tax_t>;
  using key = forge_db::column_list<tests::prices::net_t>;
  using uniques = forge_db::column_sets<forge_db::column_list<tests::prices::gross_t>>;
  static constexpr bool generated_key = false;
  static constexpr std::string_view select_list = R"("net", "tax", "gross")";
  static constexpr std::string_view insert_columns = R"("net", "tax")";
  static std::int64_t default_value(tests::prices::tax_t) { return 1; }
  using database_defaults = forge_db::column_list<>;
  using on_update_now = forge_db::column_list<>;
};
