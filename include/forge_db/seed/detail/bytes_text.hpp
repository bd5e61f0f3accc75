// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/bytes.hpp>
#include <forge_db/core/uuid.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace forge_db::seed::detail {

/// Hexadecimal digits of either case, two a byte.
[[nodiscard]] inline std::optional<bytes> read_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  bytes data;
  data.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size(); at += 2) {
    int const high = forge_db::detail::hex_digit(text[at]);
    int const low = forge_db::detail::hex_digit(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    data.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return data;
}

/// Base64 as RFC 4648 writes it: with padding, without line ends, and with zeros in the bits that stand for nothing.
[[nodiscard]] inline std::optional<bytes> read_base64(std::string_view text) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes data;
  data.reserve(text.size() / 4 * 3);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    std::size_t const letters_here = at + 4 == text.size() ? 4 - padding : 4;
    std::size_t group = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      std::size_t const value = i < letters_here ? letters.find(text[at + i]) : 0;
      if (value == std::string_view::npos) return std::nullopt;
      group = group << 6 | value;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      auto const byte = static_cast<std::byte>(group >> (16 - 8 * i) & 0xff);
      if (i + 1 < letters_here)
        data.push_back(byte);
      else if (byte != std::byte{})
        return std::nullopt;
    }
  }
  return data;
}

/// `\x` and hexadecimal digits, as PostgreSQL writes bytes; else base64, which has no backslash.
[[nodiscard]] inline std::optional<bytes> read_bytes(std::string_view text) {
  return text.starts_with("\\x") ? read_hex(text.substr(2)) : read_base64(text);
}

}  // namespace forge_db::seed::detail
