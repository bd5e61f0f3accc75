// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace forge_db::detail {

/// Bytes as text: RFC 4648, with padding.
inline std::string base64(std::span<std::byte const> data) {
  constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((data.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < data.size(); at += 3) {
    std::size_t const here = data.size() - at < 3 ? data.size() - at : 3;
    unsigned group = 0;
    for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < here ? std::to_integer<unsigned>(data[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) text += i <= here ? letters[group >> (18 - 6 * i) & 63U] : '=';
  }
  return text;
}

}  // namespace forge_db::detail
