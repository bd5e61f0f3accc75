// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <thread>
#include <vector>

namespace crowd {

/// Prints `ready`, waits for the end of standard input (which the test closes for all of its programs at once), calls
/// `work(thread)` in so many threads, and prints the sum of what they answer. 1 if one of them threw, else 0: the exit
/// code.
template <class Work>
int run(int threads, Work const& work) {
  std::puts("ready");
  std::fflush(stdout);
  while (std::getchar() != EOF) continue;
  std::atomic<std::int64_t> sum{0};
  std::atomic<bool> failed{false};
  std::vector<std::thread> running;
  running.reserve(static_cast<std::size_t>(threads));
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      try {
        sum += work(thread);
      } catch (std::exception const& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        failed = true;
      }
    });
  }
  for (std::thread& one : running) one.join();
  std::printf("%lld\n", static_cast<long long>(sum.load()));
  return failed ? 1 : 0;
}

}  // namespace crowd
