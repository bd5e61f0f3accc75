// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/digits.hpp>
#include <forge_db/core/detail/utf8.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace forge_db::detail {

/// Arrays and objects within each other, at most.
inline constexpr std::size_t json_depth_limit = 512;

/// Four hexadecimal digits at the front of `text`, or nothing.
[[nodiscard]] constexpr std::optional<char32_t> read_hex4(std::string_view text) noexcept {
  if (text.size() < 4) return std::nullopt;
  char32_t value = 0;
  for (char const character : text.substr(0, 4)) {
    char const lower = static_cast<char>(character | 0x20);
    if (is_digit(character)) {
      value = value * 16 + static_cast<char32_t>(character - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

[[nodiscard]] constexpr bool is_high_surrogate(char32_t unit) noexcept { return unit >= 0xd800 && unit <= 0xdbff; }
[[nodiscard]] constexpr bool is_low_surrogate(char32_t unit) noexcept { return unit >= 0xdc00 && unit <= 0xdfff; }

/// Walks JSON text by RFC 8259: each function takes one thing off the front, and is false where it is not there.
/// Stricter than the grammar in one place: `\ud800` without its second half is refused, as no UTF-8 can express it.
/// Never recursive, so that hostile text cannot exhaust the stack.
class json_scanner {
 public:
  constexpr explicit json_scanner(std::string_view text) noexcept : text_(text) {}

  /// The offset of what comes next; after a failure, of what could not be read.
  [[nodiscard]] constexpr std::size_t at() const noexcept { return at_; }
  [[nodiscard]] constexpr bool at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] constexpr char peek() const noexcept { return at_end() ? '\0' : text_[at_]; }

  constexpr void skip_space() noexcept {
    while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
  }

  constexpr bool take(char character) noexcept {
    if (at_end() || text_[at_] != character) return false;
    ++at_;
    return true;
  }

  /// One value of any kind, white space before it, none after it.
  [[nodiscard]] constexpr bool take_value() noexcept;
  [[nodiscard]] constexpr bool take_string() noexcept;

 private:
  /// A value that holds no others, or `[]`, `{}`.
  [[nodiscard]] constexpr bool take_scalar() noexcept;
  [[nodiscard]] constexpr bool take_escape() noexcept;
  [[nodiscard]] constexpr bool take_number() noexcept;

  [[nodiscard]] constexpr bool take_digits() noexcept {
    if (!is_digit(peek())) return false;
    while (is_digit(peek())) ++at_;
    return true;
  }

  [[nodiscard]] constexpr bool take_word(std::string_view word) noexcept {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  /// A member's name and its colon.
  [[nodiscard]] constexpr bool take_name() noexcept {
    skip_space();
    if (!take_string()) return false;
    skip_space();
    return take(':');
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

constexpr bool json_scanner::take_value() noexcept {
  std::array<char, json_depth_limit> closers{};
  std::size_t depth = 0;
  for (;;) {
    skip_space();
    char const opener = peek();
    if (opener == '[' || opener == '{') {
      if (depth == json_depth_limit) return false;
      char const closer = opener == '[' ? ']' : '}';
      ++at_;
      skip_space();
      if (!take(closer)) {
        closers[depth++] = closer;
        if (opener == '{' && !take_name()) return false;
        continue;
      }
    } else if (!take_scalar()) {
      return false;
    }
    // A value has ended: close what ends with it, and go on to the next one.
    for (;;) {
      if (depth == 0) return true;
      skip_space();
      if (take(',')) break;
      if (!take(closers[depth - 1])) return false;
      --depth;
    }
    if (closers[depth - 1] == '}' && !take_name()) return false;
  }
}

constexpr bool json_scanner::take_scalar() noexcept {
  switch (peek()) {
    case '"':
      return take_string();
    case 't':
      return take_word("true");
    case 'f':
      return take_word("false");
    case 'n':
      return take_word("null");
    default:
      return take_number();
  }
}

constexpr bool json_scanner::take_string() noexcept {
  if (!take('"')) return false;
  while (!at_end()) {
    auto const character = static_cast<unsigned char>(text_[at_]);
    if (character == '"') {
      ++at_;
      return true;
    }
    if (character < 0x20) return false;
    if (character == '\\') {
      if (!take_escape()) return false;
    } else if (character < 0x80) {
      ++at_;
    } else {
      char32_t code_point = 0;
      std::size_t const length = read_utf8(text_.substr(at_), code_point);
      if (length == 0) return false;
      at_ += length;
    }
  }
  return false;
}

constexpr bool json_scanner::take_escape() noexcept {
  std::string_view const rest = text_.substr(at_);
  if (rest.size() < 2) return false;
  if (rest[1] != 'u') {
    if (std::string_view{"\"\\/bfnrt"}.find(rest[1]) == std::string_view::npos) return false;
    at_ += 2;
    return true;
  }
  auto const unit = read_hex4(rest.substr(2));
  if (!unit || is_low_surrogate(*unit)) return false;
  if (!is_high_surrogate(*unit)) {
    at_ += 6;
    return true;
  }
  std::string_view const second = rest.substr(6);
  if (!second.starts_with("\\u")) return false;
  auto const low = read_hex4(second.substr(2));
  if (!low || !is_low_surrogate(*low)) return false;
  at_ += 12;
  return true;
}

constexpr bool json_scanner::take_number() noexcept {
  take('-');
  if (!take('0') && !take_digits()) return false;
  if (take('.') && !take_digits()) return false;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    return take_digits();
  }
  return true;
}

/// Nothing if `text` is one JSON value, else the offset from which on it is not (its size if it ends too early).
[[nodiscard]] constexpr std::optional<std::size_t> find_json_error(std::string_view text) noexcept {
  json_scanner scanner{text};
  if (scanner.take_value()) {
    scanner.skip_space();
    if (scanner.at_end()) return std::nullopt;
  }
  return scanner.at();
}

}  // namespace forge_db::detail
