// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/cpp_codec.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shop_types {

struct money {
  std::int64_t cents = 0;
  friend bool operator==(money const&, money const&) = default;
};

struct label {
  std::string text{};
  friend bool operator==(label const&, label const&) = default;
};

}  // namespace shop_types

template <>
struct forge_db::cpp_codec<shop_types::money> {
  static std::int64_t to_storage(shop_types::money const& value) { return value.cents; }
  static std::optional<shop_types::money> from_storage(std::int64_t cents) { return shop_types::money{cents}; }
};

template <>
struct forge_db::cpp_codec<shop_types::label> {
  static std::string_view to_storage(shop_types::label const& value) { return value.text; }
  static shop_types::label from_storage(std::string_view text) { return {std::string(text)}; }
};
