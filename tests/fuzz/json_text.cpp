// SPDX-License-Identifier: MIT
// JSON, lists of text in JSON, UTF-8 and what bounds a prefix search, against Boost.JSON and the plain definitions.

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/is_utf8.hpp>
#include <forge_db/core/json.hpp>
#include <forge_db/query/detail/prefix_end.hpp>

#include <boost/json/src.hpp>  // without its library; a program of one file

#include "fuzz/fuzz_target.hpp"

#include <algorithm>
#include <optional>
#include <vector>

using namespace forge_db;

namespace {

/// The sequence at the front of `text` by the table of the Unicode standard (3-7), without computing a code point.
std::size_t utf8_by_table(std::string_view text) {
  struct form {
    unsigned first, last, second_first, second_last;
    std::size_t size;
  };
  static constexpr form forms[] = {
      {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
      {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
      {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
  auto const byte = [&](std::size_t at) -> unsigned { return static_cast<unsigned char>(text[at]); };
  for (form const& each : forms) {
    if (text.size() < each.size || byte(0) < each.first || byte(0) > each.last) continue;
    if (each.size > 1 && (byte(1) < each.second_first || byte(1) > each.second_last)) return 0;
    for (std::size_t i = 2; i < each.size; ++i)
      if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
    return each.size;
  }
  return 0;
}

bool check_utf8(std::string_view text) {
  while (!text.empty()) {
    char32_t code_point = 0;
    std::size_t const length = detail::read_utf8(text, code_point);
    fuzz::require(length == utf8_by_table(text), "UTF-8 is what the standard's table says");
    if (length == 0) return false;
    std::string written;
    detail::append_utf8(written, code_point);
    fuzz::require(written == text.substr(0, length), "a code point is written as it was read");
    text.remove_prefix(length);
  }
  return true;
}

void check_prefix(std::string_view prefix, std::string_view rest, bool utf8) {
  std::string const end = detail::prefix_end(prefix);
  std::string const longer = std::string(prefix) + std::string(rest);
  fuzz::require(end.empty() || (std::string(prefix) < end && longer < end),
                "what starts with a prefix is below its end");
  if (!utf8 || end.empty()) return;
  fuzz::require(check_utf8(end), "the end of a UTF-8 prefix is UTF-8");
  // Nothing lies between: the end without its last code point is a beginning of the prefix.
  std::size_t start = end.size() - 1;
  while ((static_cast<unsigned char>(end[start]) & 0xc0) == 0x80) --start;
  fuzz::require(prefix.starts_with(std::string_view(end).substr(0, start)), "the end is the least one");
}

std::optional<boost::json::value> parsed_by_boost(std::string_view text, bool& is_limit) {
  boost::json::parse_options options;
  options.max_depth = detail::json_depth_limit;
  boost::system::error_code failure;
  auto value = boost::json::parse(text, failure, {}, options);
  // Limits of its own: of exponents and, counted otherwise, of depth.
  is_limit = failure == boost::json::error::exponent_overflow || failure == boost::json::error::too_deep;
  if (failure) return std::nullopt;
  return value;
}

void check_json(std::string_view text) {
  auto const offset = detail::find_json_error(text);
  fuzz::require(!offset || *offset <= text.size(), "an error lies in the text or at its end");
  bool is_limit = false;
  auto const expected = parsed_by_boost(text, is_limit);
  auto const list = detail::read_string_list(text);
  auto const lenient = detail::read_string_list_lenient(text);
  if (is_limit) return;
  fuzz::require(offset.has_value() != expected.has_value(), "JSON is what Boost.JSON reads");
  auto const* const array = expected ? expected->if_array() : nullptr;
  fuzz::require(lenient.size() == (array != nullptr ? array->size() : 0), "the lenient reader reads each item");
  bool const texts =
      array != nullptr && std::all_of(array->begin(), array->end(), [](auto& i) { return i.is_string(); });
  fuzz::require(list.has_value() == texts, "a list of text is an array of strings");
  if (!list) return;
  fuzz::require(*list == lenient, "both readers read the same items");
  for (std::size_t i = 0; i < list->size(); ++i)
    fuzz::require((*list)[i] == std::string_view((*array)[i].as_string()), "an item is the text that Boost.JSON reads");
  std::string const written = detail::write_string_list(*list);
  fuzz::require(detail::read_string_list(written) == list, "a list is read as it was written");
  fuzz::require(!detail::find_json_error(written), "a written list is JSON");
}

}  // namespace

FORGE_DB_FUZZ(json_text) {
  bool const utf8 = check_utf8(input);
  fuzz::require(is_utf8(input) == utf8, "text is UTF-8 if all of its code points are");
  std::string quoted;
  try {
    detail::append_json_string(quoted, input);
    fuzz::require(utf8 && detail::read_string_list("[" + quoted + "]") == std::vector{std::string(input)},
                  "a JSON string stands for the text that it was made from");
  } catch (invalid_value const&) {
    fuzz::require(!utf8 && quoted.empty(), "what is no UTF-8 is refused, and nothing else");
  }
  if (!input.empty()) {
    std::size_t const middle = static_cast<unsigned char>(input[0]) % input.size();
    auto const prefix = input.substr(0, middle);
    check_prefix(prefix, input.substr(middle), check_utf8(prefix));
  }
  check_json(input);
}
