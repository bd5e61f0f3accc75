// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace forge_db {

/// How full a pool of connections is, at one moment.
struct pool_status {
  std::size_t in_use = 0;
  std::size_t open = 0;               ///< In use or idle; connections are opened when first needed.
  std::size_t size = 0;               ///< At most.
  std::uint64_t waited = 0;           ///< Sessions, since the start, that found no free connection at once.
  std::chrono::nanoseconds oldest{};  ///< The age of the oldest session that is open.
};

}  // namespace forge_db
