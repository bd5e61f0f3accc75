// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kernel::http {

/// What a request names: `/api/kernel/vfs/notes/search?q=a%20b` taken apart and unescaped.
struct target {
  std::string host{};  ///< Of `http://localhost:8765/x`, as proxies are asked; empty where the address is a path.
  std::vector<std::string> segments{};
  std::map<std::string, std::string, std::less<>> query{};
};

/// Throws refusal: 400 for what begins neither with `/` nor with `http://` and a host, for escapes that are none, for
/// text that is not UTF-8, for control characters in the path and for a parameter that is given twice. Segments are
/// unescaped one by one, so that `%2F` is part of a name.
target parse_target(std::string_view text);

}  // namespace kernel::http
