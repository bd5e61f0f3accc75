// SPDX-License-Identifier: MIT
#pragma once

#include "optimization_statistics.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace promptforge::app {

/// Statistics that were made a short while ago, by project; none is all of them. For any number of threads. Call
/// clear() after a transaction that changed optimizations or projects: other processes' changes show when `lifetime` is
/// over.
class statistics_cache {
 public:
  using clock = std::chrono::steady_clock;

  explicit statistics_cache(clock::duration lifetime = std::chrono::seconds(300)) noexcept : lifetime_(lifetime) {}

  /// What is kept for the project, or what `make()` answers, which is kept then. Statistics that were begun before a
  /// clear() are answered and not kept.
  template <class Make>
  optimization_statistics get(std::optional<std::string> const& project, Make const& make,
                              clock::time_point now = clock::now()) {
    std::unique_lock lock(mutex_);
    auto const kept = entries_.find(project);
    if (kept != entries_.end() && now - kept->second.made < lifetime_) return kept->second.statistics;
    auto const generation = generation_;
    lock.unlock();
    optimization_statistics statistics = make();
    lock.lock();
    std::erase_if(entries_, [&](auto const& each) { return now - each.second.made >= lifetime_; });
    if (generation == generation_) entries_.insert_or_assign(project, entry{statistics, now});
    return statistics;
  }

  void clear() noexcept {
    std::scoped_lock const lock(mutex_);
    entries_.clear();
    ++generation_;
  }

 private:
  struct entry {
    optimization_statistics statistics;
    clock::time_point made;
  };
  std::mutex mutex_;
  clock::duration lifetime_;
  std::uint64_t generation_ = 0;
  std::map<std::optional<std::string>, entry> entries_;
};

}  // namespace promptforge::app
