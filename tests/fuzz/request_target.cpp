// SPDX-License-Identifier: MIT
// What the kernel's service makes of the address of a request: parts that can be escaped and read again, or a 400.

#include <forge_db/core/is_utf8.hpp>

#include "../examples/kernel_service/src/http/target.cpp"  // which is no library that tests link
#include "fuzz/fuzz_target.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace {

using kernel::http::parse_target;
using kernel::http::target;

void require_text(std::string_view text, bool may_have_controls) {
  fuzz::require(forge_db::is_utf8(text), "parts of an address are UTF-8");
  bool const has_controls =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  fuzz::require(may_have_controls || !has_controls, "a path has no control characters");
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    out += {'%', "0123456789abcdef"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
  }
  return out;
}

std::string written(target const& from) {
  std::string text;
  for (std::string const& segment : from.segments) text += '/' + escaped(segment);
  if (text.empty()) text = "/";
  char separator = '?';
  for (auto const& [name, value] : from.query) {
    text += separator + escaped(name) + '=' + escaped(value);
    separator = '&';
  }
  return text;
}

}  // namespace

FORGE_DB_FUZZ(request_target) {
  target read;
  try {
    read = parse_target(input);
  } catch (kernel::http::refusal const& refused) {
    fuzz::require(refused.status() == 400, "an address that is none is a 400");
    return;
  }
  fuzz::require(read.segments.size() <= input.size() && read.query.size() <= input.size(), "parts come from the text");
  for (std::string const& segment : read.segments) {
    fuzz::require(!segment.empty(), "a segment has a name");
    require_text(segment, false);
  }
  for (auto const& [name, value] : read.query) {
    require_text(name, true);
    require_text(value, true);
  }
  target const again = parse_target(written(read));
  fuzz::require(again.segments == read.segments, "a path that was escaped is read as it was");
  fuzz::require(again.query == read.query, "a query that was escaped is read as it was");
}
