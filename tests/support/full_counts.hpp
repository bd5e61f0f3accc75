// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <string_view>

namespace tests {

/// Whether full counts are asked for, as scripts/test.sh and the conftest.py files see it: FORGE_DB_FULL is something
/// other than 0.
inline bool is_full(char const* asked = std::getenv("FORGE_DB_FULL")) {
  std::string_view const value = asked != nullptr ? asked : "";
  return !value.empty() && value != "0";
}

}  // namespace tests
