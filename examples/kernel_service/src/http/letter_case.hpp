// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kernel::http {

/// With the letters A-Z as a-z: names of hosts, schemes and media types are the same in either case.
inline std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

}  // namespace kernel::http
