// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>

namespace forge_db::detail {

/// The pauses between two runs of a write: doubled each time, with chance in them, so that two programs that met do not
/// meet again, and bounded in number.
class backoff {
 public:
  backoff(int tries, std::chrono::milliseconds first, std::chrono::milliseconds longest) noexcept
      : tries_left_(tries), next_(first), longest_(longest) {}

  /// Waits and answers true; false at once when the tries are used up.
  bool wait() {
    if (tries_left_ <= 0) return false;
    --tries_left_;
    std::this_thread::sleep_for(next_ / 2 + std::chrono::microseconds{random() % half_range()});
    next_ = std::min(next_ * 2, longest_);
    return true;
  }

 private:
  std::uint64_t half_range() const noexcept {
    auto const half = std::chrono::duration_cast<std::chrono::microseconds>(next_).count() / 2;
    return static_cast<std::uint64_t>(half) + 1;
  }

  /// Good enough to tell two threads or processes apart.
  static std::uint64_t random() noexcept {
    auto const now = std::chrono::steady_clock::now().time_since_epoch().count();
    return static_cast<std::uint64_t>(now) ^ std::hash<std::thread::id>{}(std::this_thread::get_id());
  }

  int tries_left_;
  std::chrono::milliseconds next_;
  std::chrono::milliseconds longest_;
};

}  // namespace forge_db::detail
