// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::seed::detail {

/// How many letters must be changed, put in or taken out to make the one of the other.
inline std::size_t letters_between(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (char const letter : left) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < right.size(); ++j) {
      std::size_t const changed = diagonal + (letter == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

/// `; did you mean 'title'?`, or what the names are when none is near.
inline std::string name_hint(std::string_view name, std::span<std::string_view const> names) {
  std::string_view nearest;
  std::size_t least = name.size() / 3 + 2;  // what is farther away is another name
  std::string listed;
  for (std::string_view const each : names) {
    listed += listed.empty() ? "; it has " : ", ";
    listed += each;
    if (name.size() > 100) continue;
    if (std::size_t const distance = letters_between(name, each); distance < least) {
      least = distance;
      nearest = each;
    }
  }
  return nearest.empty() ? listed : "; did you mean '" + std::string(nearest) + "'?";
}

}  // namespace forge_db::seed::detail
