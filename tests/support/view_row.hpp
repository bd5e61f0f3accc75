// SPDX-License-Identifier: MIT
#pragma once

// The row of a view, and of a table beside it, as the generator would write them.

#include <forge_db/query/query.hpp>
#include <forge_db/schema/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tests {

struct Stock {
  std::string title{};
  std::int64_t copies{};
};

namespace stock {

struct title_t : forge_db::column<title_t> {
  using column::operator=;
  using row_type = Stock;
  using value_type = std::string;
  using storage_type = forge_db::storage::text;
  static constexpr std::string_view name = "title";
  static constexpr std::string_view quoted = "\"title\"";
  static constexpr std::size_t index = 0;
  static constexpr bool nullable = false;
};
inline constexpr title_t title{};

struct copies_t : forge_db::column<copies_t> {
  using column::operator=;
  using row_type = Stock;
  using value_type = std::int64_t;
  using storage_type = forge_db::storage::integer;
  static constexpr std::string_view name = "copies";
  static constexpr std::string_view quoted = "\"copies\"";
  static constexpr std::size_t index = 1;
  static constexpr bool nullable = false;
};
inline constexpr copies_t copies{};

}  // namespace stock
}  // namespace tests

template <>
struct forge_db::table<tests::Stock> {
  using row_type = tests::Stock;
  static constexpr bool is_view = true;
  static constexpr std::string_view name = "stock";
  static constexpr std::string_view quoted = "\"stock\"";
  using columns = forge_db::column_list<tests::stock::title_t, tests::stock::copies_t>;
  using key = forge_db::column_list<>;
  static constexpr std::string_view select_list = R"("title", "copies")";
};
