// SPDX-License-Identifier: MIT
#include "storage_limit.hpp"

#include "errors.hpp"

#include <limits>

namespace kernel::app {

std::int64_t storage_limit(quotas const& limits) noexcept {
  constexpr std::int64_t mebibyte = 1024 * 1024;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return limits.max_storage_mb > most / mebibyte ? most : limits.max_storage_mb * mebibyte;
}

void require_storage(std::string const& app, quotas const& limits, std::int64_t before, std::int64_t now) {
  if (now <= before || now <= storage_limit(limits)) return;
  throw storage_full("App '" + app + "' stores " + std::to_string(before) + " of its " +
                     std::to_string(storage_limit(limits)) + " bytes (max_storage_mb: " +
                     std::to_string(limits.max_storage_mb) + "); this write would make it " + std::to_string(now));
}

}  // namespace kernel::app
