// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <cstdint>
#include <string>

namespace promptforge::app {

inline constexpr std::int64_t most_rows = 10'000;

/// Throws invalid_value unless a list is asked for 1 to 10,000 rows, from row 0 on or later.
inline void check_window(std::int64_t limit, std::int64_t offset) {
  if (limit >= 1 && limit <= most_rows && offset >= 0) return;
  throw forge_db::invalid_value("A list has a limit of 1 to " + std::to_string(most_rows) +
                                ", and an offset of 0 or more");
}

}  // namespace promptforge::app
