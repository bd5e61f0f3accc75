// SPDX-License-Identifier: MIT
#include "target.hpp"

#include "letter_case.hpp"
#include "refusal.hpp"

#include <forge_db/core/is_utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace kernel::http {
namespace {

int hex_digit(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  throw refusal(400, "The address has a percent sign without two hexadecimal digits");
}

std::string unescaped(std::string_view text, bool plus_is_space) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      plain += ' ';
    } else if (text[i] == '%') {
      if (text.size() - i < 3) throw refusal(400, "The address has a percent sign without two hexadecimal digits");
      plain += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  if (!forge_db::is_utf8(plain)) throw refusal(400, "The address is not UTF-8");
  return plain;
}

/// What stands before the next `separator`; it and the separator leave `text`.
std::string_view take_until(std::string_view& text, char separator) {
  std::size_t const end = std::min(text.find(separator), text.size());
  std::string_view const part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// The host of an absolute address; it and the scheme leave `text`.
std::string take_host(std::string_view& text) {
  constexpr std::string_view scheme = "http://";
  if (text.starts_with('/')) return {};
  if (lowered(text.substr(0, scheme.size())) != scheme) {
    throw refusal(400, "The address has to begin with a slash, or with http://");
  }
  text.remove_prefix(scheme.size());
  std::string host(text.substr(0, text.find_first_of("/?")));
  if (host.empty() || host.find('@') != std::string::npos) throw refusal(400, "The address names no host");
  text.remove_prefix(host.size());
  return host;
}

}  // namespace

target parse_target(std::string_view text) {
  target parsed{.host = take_host(text)};
  std::string_view path = take_until(text, '?');
  while (!path.empty()) {
    std::string segment = unescaped(take_until(path, '/'), false);
    bool const is_control = std::any_of(segment.begin(), segment.end(), [](char character) {
      return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
    });
    if (is_control) throw refusal(400, "The address has control characters in its path");
    if (!segment.empty()) parsed.segments.push_back(std::move(segment));
  }
  while (!text.empty()) {
    std::string_view pair = take_until(text, '&');
    if (pair.empty()) continue;
    std::string name = unescaped(take_until(pair, '='), true);
    std::string value = unescaped(pair, true);
    auto const [at, is_new] = parsed.query.emplace(std::move(name), std::move(value));
    if (!is_new) throw refusal(400, "The parameter is given twice: " + at->first);
  }
  return parsed;
}

}  // namespace kernel::http
