// SPDX-License-Identifier: MIT
#include "list_cursor.hpp"

#include <forge_db/core/error.hpp>

#include <array>
#include <charconv>
#include <cstdint>

namespace kernel::http {
namespace {

/// FNV-1a: the same in every program, so that a cursor holds across a restart.
std::uint64_t checksum(std::string_view text) {
  std::uint64_t state = 0xcbf29ce484222325U;
  for (char const byte : text) state = (state ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  return state;
}

}  // namespace

list_cursor::list_cursor(std::initializer_list<std::string_view> names) {
  for (std::string_view const name : names) names_.append(name) += '\xff';  // in no UTF-8: "ab", "c" is not "a", "bc"
}

std::string list_cursor::text_of(std::string_view place) const {
  std::array<char, 16> digits{};
  auto const end =
      std::to_chars(digits.data(), digits.data() + digits.size(), checksum(names_ + std::string(place)), 16).ptr;
  return std::string(place) + '.' + std::string(digits.data(), end);
}

std::string_view list_cursor::place_in(std::string_view text) const {
  std::string_view const place = text.substr(0, text.find('.'));
  if (text_of(place) != text) throw forge_db::bad_cursor("The cursor is none of this list");
  return place;
}

}  // namespace kernel::http
