// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/options.hpp>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <cstdint>

namespace forge_db::sqlite::detail {

/// What SQLite takes as a timeout, some 24 days; a longer wait, `milliseconds::max()` for one, means no other thing.
inline int usable_milliseconds(std::chrono::milliseconds wait) noexcept {
  return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait.count(), 0, INT_MAX));
}

/// The options with every value brought into the range that can be computed with. They mean the same.
inline options usable_options(options asked) {
  constexpr std::size_t most = 65536;  // connections or statements: as good as no limit
  for (auto* wait : {&asked.busy_timeout, &asked.acquire_timeout, &asked.retry_backoff, &asked.retry_backoff_max}) {
    *wait = std::chrono::milliseconds{usable_milliseconds(*wait)};
  }
  // No lower bound: a negative limit reports every read session, whatever the clock's resolution.
  asked.read_session_limit = std::min(asked.read_session_limit, std::chrono::milliseconds{INT_MAX});
  asked.cache_size_kib = std::clamp<std::int64_t>(asked.cache_size_kib, 0, INT_MAX);
  asked.masked_statements = std::clamp<std::size_t>(asked.masked_statements, 1, most);
  asked.readers = std::min(asked.readers, most);
  return asked;
}

}  // namespace forge_db::sqlite::detail
