// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Whitespace as Unicode has it, and the four information separators, which the earlier program counted too.
namespace promptforge::app {

/// Without the whitespace at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Trimmed, and each run of whitespace one space: texts that differ in nothing else have the same.
[[nodiscard]] std::string collapsed(std::string_view text);

}  // namespace promptforge::app
