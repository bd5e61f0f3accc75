// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/utf8.hpp>

#include <cstddef>
#include <string_view>

namespace forge_db::detail {

/// Text that JSON functions tell from all other text: UTF-8, since JSON holds no other, and without a NUL, at which
/// SQLite's functions end an item.
inline bool is_json_item(std::string_view text) {
  while (!text.empty()) {
    char32_t code_point = 0;
    std::size_t const size = read_utf8(text, code_point);
    if (size == 0 || code_point == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace forge_db::detail
