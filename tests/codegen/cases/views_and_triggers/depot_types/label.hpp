// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/cpp_codec.hpp>

#include <string>
#include <string_view>

namespace depot_types {

/// A text of the test's own.
struct label {
  std::string text{};

  friend bool operator==(label const&, label const&) = default;
};

}  // namespace depot_types

template <>
struct forge_db::cpp_codec<depot_types::label> {
  static std::string_view to_storage(depot_types::label const& value) { return value.text; }
  static depot_types::label from_storage(std::string_view text) { return {std::string{text}}; }
};
