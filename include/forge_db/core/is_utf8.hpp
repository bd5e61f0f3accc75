// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/utf8.hpp>

#include <cstddef>
#include <string_view>

namespace forge_db {

/// Whether all of `text` is UTF-8 as the Unicode standard has it: no overlong forms, no surrogates, nothing beyond
/// U+10FFFF. Text columns take other bytes, too; JSON holds none.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    char32_t code_point = 0;
    std::size_t const size = detail::read_utf8(text, code_point);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace forge_db
