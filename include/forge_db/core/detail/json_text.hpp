// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_scanner.hpp>
#include <forge_db/core/detail/utf8.hpp>
#include <forge_db/core/error.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// JSON strings and lists of strings, without a document model: what a string_list column needs.
namespace forge_db::detail {

/// Appends `text` as a JSON string the way Python's json.dumps does: \uXXXX for all but printable ASCII, surrogate
/// pairs beyond U+FFFF. Throws invalid_value if `text` is not UTF-8; `out` is then as it was.
inline void append_json_string(std::string& out, std::string_view text);

/// `["a", "b"]`, as json.dumps writes it. Throws invalid_value if an item is not UTF-8.
[[nodiscard]] inline std::string write_string_list(std::span<std::string const> items);

/// A JSON array that holds strings only; else nothing.
[[nodiscard]] inline std::optional<std::vector<std::string>> read_string_list(std::string_view text);

/// A JSON array; an item that is no string is read as its JSON text. What is no array, or no JSON, reads as empty.
[[nodiscard]] inline std::vector<std::string> read_string_list_lenient(std::string_view text);

// The characters with an escape of their own, and the letter after the backslash.
inline constexpr std::string_view json_escaped = "\"\\\b\f\n\r\t";
inline constexpr std::string_view json_escape_letters = "\"\\bfnrt";

inline void append_json_unit(std::string& out, char32_t unit) {
  constexpr char digits[] = "0123456789abcdef";
  out += "\\u";
  for (unsigned shift = 16; shift > 0;) out += digits[unit >> (shift -= 4) & 15];
}

inline void append_json_code_point(std::string& out, char32_t code_point) {
  if (code_point >= 0x10000) {
    append_json_unit(out, 0xd800 + ((code_point - 0x10000) >> 10));
    append_json_unit(out, 0xdc00 + (code_point & 0x3ff));
    return;
  }
  std::size_t const escape =
      code_point < 0x80 ? json_escaped.find(static_cast<char>(code_point)) : std::string_view::npos;
  if (escape != std::string_view::npos) {
    out += '\\';
    out += json_escape_letters[escape];
  } else if (code_point >= 0x20 && code_point < 0x7f) {
    out += static_cast<char>(code_point);
  } else {
    append_json_unit(out, code_point);
  }
}

inline void append_json_string(std::string& out, std::string_view text) {
  std::size_t const before = out.size();
  out += '"';
  while (!text.empty()) {
    char32_t code_point = 0;
    std::size_t const length = read_utf8(text, code_point);
    if (length == 0) {
      out.resize(before);
      throw invalid_value(
          "forge_db: text within JSON requires to be UTF-8; other bytes are no item of a list, and go into a bytes "
          "column");
    }
    append_json_code_point(out, code_point);
    text.remove_prefix(length);
  }
  out += '"';
}

inline std::string write_string_list(std::span<std::string const> items) {
  std::string out = "[";
  for (std::string const& item : items) {
    if (out.size() > 1) out += ", ";
    append_json_string(out, item);
  }
  out += ']';
  return out;
}

/// What a JSON string stands for. Requires `quoted` to be one, its quotes included, that a json_scanner accepted.
[[nodiscard]] inline std::string unescape_json_string(std::string_view quoted) {
  std::string_view text = quoted.substr(1, quoted.size() - 2);
  std::string out;
  out.reserve(text.size());
  for (;;) {
    std::size_t const plain = text.substr(0, text.find('\\')).size();
    out += text.substr(0, plain);
    if (plain == text.size()) return out;
    char const letter = text[plain + 1];
    text.remove_prefix(plain + 2);
    if (letter != 'u') {
      std::size_t const escape = json_escape_letters.find(letter);
      out += escape != std::string_view::npos ? json_escaped[escape] : letter;  // `\/` is a slash
      continue;
    }
    char32_t code_point = *read_hex4(text);
    text.remove_prefix(4);
    if (is_high_surrogate(code_point)) {
      code_point = 0x10000 + ((code_point - 0xd800) << 10) + (*read_hex4(text.substr(2)) - 0xdc00);
      text.remove_prefix(6);
    }
    append_utf8(out, code_point);
  }
}

/// Calls `item` with the text of each item of the JSON array `text`, until it answers false.
/// False if it did, or if `text` is not a JSON array (items before the error have been passed on by then).
template <class Item>
[[nodiscard]] bool each_json_item(std::string_view text, Item item) {
  json_scanner scanner{text};
  scanner.skip_space();
  if (!scanner.take('[')) return false;
  scanner.skip_space();
  if (!scanner.take(']')) {
    do {
      scanner.skip_space();
      std::size_t const begin = scanner.at();
      if (!scanner.take_value() || !item(text.substr(begin, scanner.at() - begin))) return false;
      scanner.skip_space();
    } while (scanner.take(','));
    if (!scanner.take(']')) return false;
  }
  scanner.skip_space();
  return scanner.at_end();
}

inline std::optional<std::vector<std::string>> read_string_list(std::string_view text) {
  std::vector<std::string> items;
  bool const valid = each_json_item(text, [&items](std::string_view item) {
    if (item.front() != '"') return false;
    items.push_back(unescape_json_string(item));
    return true;
  });
  if (!valid) return std::nullopt;
  return items;
}

inline std::vector<std::string> read_string_list_lenient(std::string_view text) {
  std::vector<std::string> items;
  bool const valid = each_json_item(text, [&items](std::string_view item) {
    items.push_back(item.front() == '"' ? unescape_json_string(item) : std::string(item));
    return true;
  });
  if (!valid) items.clear();
  return items;
}

}  // namespace forge_db::detail
