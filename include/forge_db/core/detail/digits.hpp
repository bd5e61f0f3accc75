// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace forge_db::detail {

[[nodiscard]] constexpr bool is_digit(char character) noexcept { return character >= '0' && character <= '9'; }

/// Writes `value` as exactly `count` digits. Requires 0 <= value < 10^count.
constexpr void write_digits(char* out, std::size_t count, unsigned value) noexcept {
  while (count > 0) {
    out[--count] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

/// Takes exactly `count` (at most 9) digits off the front of `text`; false, and `text` as it was, if they are not
/// there.
[[nodiscard]] constexpr bool take_digits(std::string_view& text, std::size_t count, unsigned& value) noexcept {
  if (text.size() < count) return false;
  unsigned number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return false;
    number = number * 10 + static_cast<unsigned>(text[i] - '0');
  }
  value = number;
  text.remove_prefix(count);
  return true;
}

/// Takes `character` off the front of `text` if it is there.
[[nodiscard]] constexpr bool take_character(std::string_view& text, char character) noexcept {
  if (!text.starts_with(character)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace forge_db::detail
