// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/enum_text.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/core/json.hpp>

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

// The values of settings as JSON text, and back.
namespace forge_db {

/// What a setting can be read as. JSON of any other form is read as json.
template <class T>
concept setting_type = std::same_as<T, json> || std::integral<T> || std::floating_point<T> ||
    std::same_as<T, std::string> || std::same_as<T, std::vector<std::string>> || enum_with_text<T>;

namespace detail {

template <class T>
json setting_json(T const& value) {
  if constexpr (std::same_as<T, json>) {
    if (!json::try_parse(value.text())) throw invalid_value("forge_db: set() requires JSON; make it by json::parse()");
    return value;
  } else if constexpr (std::same_as<T, bool>) {
    return json::unchecked(value ? "true" : "false");
  } else if constexpr (std::integral<T>) {
    return json::unchecked(std::to_string(value));
  } else if constexpr (std::floating_point<T>) {
    if (!std::isfinite(value)) throw invalid_value("forge_db: set() requires a finite number; JSON has no others");
    char digits[40];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";  // stays a real number for who reads it
    return json::unchecked(std::move(text));
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    return json::unchecked(write_string_list(value));
  } else {
    std::string text;
    if constexpr (enum_with_text<T>) {
      append_json_string(text, to_text(value));
    } else {
      append_json_string(text, std::string_view{value});
    }
    return json::unchecked(std::move(text));
  }
}

inline std::string_view without_space(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  std::size_t const begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
  Number number{};
  bool const is_json = !text.empty() && (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'));
  auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!is_json || failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The value that `stored` is the text of; nothing when it is of another kind.
template <class T>
std::optional<T> read_setting(json const& stored) {
  std::string_view const text = without_space(stored.text());
  if constexpr (std::same_as<T, json>) {
    return stored;
  } else if constexpr (std::same_as<T, bool>) {
    return text == "true" ? std::optional(true) : text == "false" ? std::optional(false) : std::nullopt;
  } else if constexpr (std::integral<T> || std::floating_point<T>) {
    return read_number<T>(text);
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    return read_string_list(text);
  } else {
    if (text.empty() || text.front() != '"' || !json::try_parse(text)) return std::nullopt;
    if constexpr (enum_with_text<T>) {
      return from_text<T>(unescape_json_string(text));
    } else {
      return unescape_json_string(text);
    }
  }
}

}  // namespace detail
}  // namespace forge_db
