// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/timestamp.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace kernel::app {

/// What is kept of the audit log and of the usage counters, and how the rest goes.
struct retention_rules {
  std::chrono::days keep{};  ///< What is older goes.
  std::chrono::milliseconds every = std::chrono::hours(24);
  std::chrono::milliseconds again = std::chrono::hours(1);          ///< The next try after one that failed.
  std::chrono::milliseconds pause = std::chrono::milliseconds(50);  ///< Between two steps: writes that wait come first.
  std::int64_t most = 1000;                                         ///< Rows a step, which is a transaction.
};

/// Removes log entries and counters of all applications from before that time, `most` rows together and the oldest
/// first, and says how many.
std::int64_t prune_step(forge_db::sqlite::write_session& session, forge_db::timestamp before, std::int64_t most);

/// Removes what is too old, when it is made and then each `every`, on a thread of its own. A step is a transaction of
/// its own, and between two of them the writer is free.
///
/// What fails is told, on that thread, and tried again after `again`; the steps before it stay. The database outlives
/// it.
class retention {
 public:
  using failed = std::function<void(std::exception const&)>;

  retention(forge_db::sqlite::database& database, retention_rules rules, failed tell);
  /// Waits for the step that has begun, if there is one.
  ~retention();
  retention(retention const&) = delete;
  retention& operator=(retention const&) = delete;

  /// No step begins any more. Does not wait; any thread.
  void stop() noexcept { thread_.request_stop(); }

 private:
  void run(std::stop_token const& stop);
  bool prune(std::stop_token const& stop);
  void wait(std::stop_token const& stop, std::chrono::milliseconds time);

  forge_db::sqlite::database& database_;
  retention_rules const rules_;
  failed const tell_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;  // the last one: it uses the others
};

}  // namespace kernel::app
