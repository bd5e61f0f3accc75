// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <pthread.h>

#include <atomic>
#include <string>

namespace forge_db::detail {

/// How many forks lie between the program's start and this process, counted from the first process_mark on.
inline constinit std::atomic<unsigned> forks_so_far{0};

/// The process that something was made in. Counts forks by fork(), not those of a bare clone() or vfork(). Asking costs
/// one load and one compare; getpid() would be a system call.
class process_mark {
 public:
  process_mark() {
    static int const registered =
        pthread_atfork(nullptr, nullptr, [] { forks_so_far.fetch_add(1, std::memory_order_relaxed); });
    static_cast<void>(registered);
    made_in_ = forks_so_far.load(std::memory_order_relaxed);
  }

  /// False in a child of that process.
  [[nodiscard]] bool is_here() const noexcept { return made_in_ == forks_so_far.load(std::memory_order_relaxed); }

  /// Throws session_misuse in a child of that process.
  void require_here(char const* call) const {
    if (!is_here()) [[unlikely]]
      refuse(call);
  }

 private:
  [[noreturn]] static void refuse(char const* call) {
    throw session_misuse(std::string("forge_db: ") + call +
                         "() requires the process that opened the database; open it anew after fork()");
  }

  unsigned made_in_;
};

}  // namespace forge_db::detail
