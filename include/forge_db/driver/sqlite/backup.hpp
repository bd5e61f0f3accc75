// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>

#include <sqlite3.h>

#include <chrono>
#include <functional>
#include <thread>
#include <utility>

namespace forge_db::sqlite {

struct backup_progress {
  int pages_done;
  int pages_total;
};

/// Called after each step of a copy; answering false stops it.
using backup_observer = std::function<bool(backup_progress)>;

struct backup_options {
  int pages_per_step = 256;            ///< Other connections may write between two steps (the copy then starts over).
  std::chrono::milliseconds pause{0};  ///< Between two steps, to leave the disk to others.
  std::chrono::milliseconds busy_timeout{
      30000};  ///< How long a step may be refused by a lock before the copy gives up.
};

/// Copies the whole database `from` over the database `to`, while others use `from`. `to` gets the content of one
/// moment. The copy may start over when another connection writes to `from`; writes through `from` itself do not cause
/// that. Precondition: neither is in a write transaction, `to` is not in use otherwise. Errors: busy when a lock
/// outlasts the timeout, interrupted when the observer answers false, otherwise errors.hpp; what the observer throws
/// passes through. On failure `to` is as it was before. Thread safety: both connections belong to the calling thread
/// meanwhile.
inline void backup(connection& from, connection& to, backup_observer const& observe = {},
                   backup_options const& settings = {}) {
  struct finisher {
    sqlite3_backup* copy;
    ~finisher() { sqlite3_backup_finish(copy); }
  };
  finisher const running{sqlite3_backup_init(to.native(), "main", from.native(), "main")};
  if (running.copy == nullptr) throw_last_error(to.native(), {});
  auto refused_since = std::chrono::steady_clock::time_point{};
  for (;;) {
    int const code = sqlite3_backup_step(running.copy, settings.pages_per_step);
    int const family = code & 0xff;
    if (family == SQLITE_BUSY || family == SQLITE_LOCKED) {
      auto const now = std::chrono::steady_clock::now();
      if (refused_since == std::chrono::steady_clock::time_point{}) refused_since = now;
      if (now - refused_since >= settings.busy_timeout) throw_error(code, sqlite3_errstr(code), {});
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
      continue;
    }
    if (code != SQLITE_OK && code != SQLITE_DONE) throw_error(code, sqlite3_errstr(code), {});
    refused_since = {};
    int const total = sqlite3_backup_pagecount(running.copy);
    bool const go_on = !observe || observe({total - sqlite3_backup_remaining(running.copy), total});
    if (code == SQLITE_DONE) return;
    if (!go_on) throw interrupted("forge_db: the backup was stopped by its observer");
    std::this_thread::sleep_for(settings.pause);
  }
}

}  // namespace forge_db::sqlite
