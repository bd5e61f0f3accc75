// SPDX-License-Identifier: MIT
#include "whitespace.hpp"

#include <array>
#include <cstddef>

namespace promptforge::app {
namespace {

/// How many bytes of whitespace the text begins with: one character, or 0.
std::size_t space_at(std::string_view text) {
  constexpr std::array<std::string_view, 19> wide{"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                                  "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
                                                  "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  if (text.empty()) return 0;
  char const first = text.front();
  if (first == ' ' || (first >= '\t' && first <= '\r') || (first >= '\x1c' && first <= '\x1f')) return 1;
  for (auto const each : wide) {
    if (text.starts_with(each)) return each.size();
  }
  return 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (auto const space = space_at(text)) text.remove_prefix(space);
  std::size_t end = 0;  // behind the last character that is no space
  for (std::size_t at = 0; at < text.size();) {
    auto const space = space_at(text.substr(at));
    at += space == 0 ? 1 : space;
    if (space == 0) end = at;
  }
  return text.substr(0, end);
}

std::string collapsed(std::string_view text) {
  std::string result;
  bool after_space = false;
  for (std::size_t at = 0, space = 0; at < text.size(); at += space == 0 ? 1 : space) {
    space = space_at(text.substr(at));
    if (space == 0 && after_space && !result.empty()) result += ' ';
    if (space == 0) result += text[at];
    after_space = space != 0;
  }
  return result;
}

}  // namespace promptforge::app
