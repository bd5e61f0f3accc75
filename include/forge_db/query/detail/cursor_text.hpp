// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/detail/stable_hash.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// A place as text that fits into URLs: base64url (RFC 4648, section 5, without padding) of
//
//   version (1 byte) | behind (1) | list (8) | for each value: kind (1), then 8 bytes of a number, or length (8) and
//   bytes | checksum of all before (8)
//
// with numbers of the lowest byte first.
namespace forge_db::detail {

/// Raised whenever the form changes.
inline constexpr unsigned char cursor_version = 1;

[[noreturn]] inline void refuse_cursor(char const* reason) {
  throw bad_cursor(std::string("forge_db: a page requires its cursor to be ") + reason +
                   "; pass it on as it was given out, or start again without one");
}

inline constexpr std::string_view cursor_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

inline std::string to_base64url(std::string_view data) {
  std::string text;
  text.reserve(data.size() * 4 / 3 + 3);
  std::uint32_t held = 0;
  int bits = 0;
  for (char const byte : data) {
    held = held << 8 | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) text += cursor_letters[held >> (bits - 6) & 63U];
  }
  if (bits > 0) text += cursor_letters[held << (6 - bits) & 63U];
  return text;
}

/// Throws bad_cursor for a letter that is none, and for bits that no byte owns: there is one text for each value.
inline std::string from_base64url(std::string_view text) {
  std::string data;
  data.reserve(text.size() * 3 / 4);
  std::uint32_t held = 0;
  int bits = 0;
  for (char const letter : text) {
    std::size_t const value = cursor_letters.find(letter);
    if (value == std::string_view::npos) refuse_cursor("unaltered");
    held = held << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      data += static_cast<char>(held >> bits & 255U);
    }
  }
  if (bits >= 6 || (held & ((1U << bits) - 1)) != 0) refuse_cursor("unaltered");
  return data;
}

inline void write_number(std::string& out, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(number >> shift & 255U);
}

/// Takes apart what the text held; everything that it is asked for and that is not there is a bad_cursor.
class cursor_parts {
 public:
  explicit cursor_parts(std::string_view data) noexcept : rest_(data) {}

  [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }
  std::string_view bytes(std::uint64_t count) {
    if (count > rest_.size()) refuse_cursor("whole");
    std::string_view const taken = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  unsigned char byte() { return static_cast<unsigned char>(bytes(1).front()); }
  std::uint64_t number() {
    std::uint64_t number = 0;
    int shift = 0;
    for (char const byte : bytes(8)) {
      number |= std::uint64_t{static_cast<unsigned char>(byte)} << shift;
      shift += 8;
    }
    return number;
  }

 private:
  std::string_view rest_;
};

inline std::uint64_t cursor_checksum(std::string_view data) {
  stable_hash hash;
  hash.add(data);
  return hash.value();
}

inline std::string cursor_text(cursor_place const& place) {
  std::string data;
  data += static_cast<char>(cursor_version);
  data += place.behind ? '\1' : '\0';
  write_number(data, place.list);
  for (cursor_value const& value : place.values) {
    data += static_cast<char>(value.kind());
    if (value.kind() == value_kind::integer || value.kind() == value_kind::real) {
      write_number(data, value.bits());
    } else if (value.kind() != value_kind::null) {
      write_number(data, value.text().size());
      data += value.text();
    }
  }
  write_number(data, cursor_checksum(data));
  return to_base64url(data);
}

/// The place that cursor_text() wrote. Throws bad_cursor for text that is cut, altered, or of another version.
inline cursor_place parse_cursor(std::string_view text) {
  std::string const data = from_base64url(text);
  if (data.size() < 18) refuse_cursor("whole");
  std::string_view const content = std::string_view(data).substr(0, data.size() - 8);
  if (static_cast<unsigned char>(data.front()) != cursor_version) refuse_cursor("of this version of the program");
  if (cursor_parts(std::string_view(data).substr(content.size())).number() != cursor_checksum(content)) {
    refuse_cursor("unaltered");
  }
  cursor_parts parts(content.substr(1));
  cursor_place place;
  unsigned char const behind = parts.byte();
  if (behind > 1) refuse_cursor("unaltered");
  place.behind = behind == 1;
  place.list = parts.number();
  while (!parts.empty()) {
    auto const kind = static_cast<value_kind>(parts.byte());
    if (kind > value_kind::blob) refuse_cursor("unaltered");
    if (kind == value_kind::integer || kind == value_kind::real) {
      place.values.push_back(cursor_value::of_number(kind, parts.number()));
      double const number = place.values.back().float64();
      if (number != number) refuse_cursor("unaltered");  // NaN is in no row, and could not be bound
    } else {
      place.values.push_back(
          cursor_value::of_bytes(kind, kind == value_kind::null ? std::string_view() : parts.bytes(parts.number())));
    }
  }
  return place;
}

}  // namespace forge_db::detail
