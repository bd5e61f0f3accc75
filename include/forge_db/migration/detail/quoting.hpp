// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration::detail {

/// `name` as an identifier. Names come from other people's databases, too: a quote in them is doubled.
inline std::string quoted_name(std::string_view name) {
  std::string text{'"'};
  for (char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text += '"';
}

/// `value` as a text literal, for pragma arguments and other places where SQLite takes no parameter.
inline std::string literal(std::string_view value) {
  std::string text{'\''};
  for (char c : value) {
    if (c == '\'') text += '\'';
    text += c;
  }
  return text += '\'';
}

inline std::string quoted_list(std::vector<std::string> const& names) {
  std::string text;
  for (std::string const& name : names) {
    if (!text.empty()) text += ", ";
    text += quoted_name(name);
  }
  return text;
}

/// ASCII only, as SQLite compares names.
inline std::string folded(std::string_view name) {
  std::string text{name};
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

inline bool same_name(std::string_view a, std::string_view b) { return a.size() == b.size() && folded(a) == folded(b); }

}  // namespace forge_db::migration::detail
