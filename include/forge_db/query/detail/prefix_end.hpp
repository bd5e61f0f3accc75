// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace forge_db::detail {

/// The least text above every text that starts with `prefix`; empty if there is none. In UTF-8, bytes sort as code
/// points do. Stored text that is not UTF-8 can lie below it without starting with `prefix`.
[[nodiscard]] inline std::string prefix_end(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty()) {
    std::size_t start = end.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(end[start]) & 0xc0) == 0x80) --start;
    char32_t code_point = 0;
    std::size_t const length = read_utf8(std::string_view(end).substr(start), code_point);
    if (length != end.size() - start) {  // not UTF-8: the next byte
      if (static_cast<unsigned char>(end.back()) != 0xff) {
        end.back() = static_cast<char>(end.back() + 1);
        return end;
      }
      end.pop_back();
      continue;
    }
    end.resize(start);
    if (code_point != 0x10ffff) {
      append_utf8(end, code_point == 0xd7ff ? char32_t{0xe000} : code_point + 1);  // no surrogates
      return end;
    }
  }
  return end;
}

/// Where nothing bounds the range from above, an empty blob does: it sorts above all text on SQLite.
template <class Sink>
void bind_prefix_end(Sink& sink, int index, std::string_view prefix) {
  std::string const end = prefix_end(prefix);
  if (end.empty()) {
    sink.blob(index, {});
    return;
  }
  auto const kept = sink.scratch(end.size());
  std::copy(end.begin(), end.end(), kept.begin());
  sink.text(index, {kept.data(), kept.size()});
}

}  // namespace forge_db::detail
