// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/detail/connection_state.hpp>

#include <sqlite3.h>

#include <chrono>
#include <thread>

namespace forge_db::sqlite::detail {

/// How many virtual machine steps lie between two looks at the clock: some 10 us of work.
inline constexpr int deadline_interval = 1000;

inline int on_trace(unsigned event, void* context, void* statement, void* text) noexcept {
  auto const& state = *static_cast<connection_state*>(context);
  try {
    if (state.recorder) state.recorder->trace(event, static_cast<sqlite3_stmt*>(statement));
    if (state.trace && event == SQLITE_TRACE_STMT) state.trace(static_cast<char const*>(text));
  } catch (...) {  // NOLINT(bugprone-empty-catch): it cannot cross SQLite, see trace_hook
  }
  return 0;
}

/// SQLite has one trace for all that listen to it.
inline void install_trace(connection_state& state) noexcept {
  unsigned const for_hook = state.trace ? SQLITE_TRACE_STMT : 0;
  unsigned const for_recorder = state.recorder ? SQLITE_TRACE_STMT | SQLITE_TRACE_ROW | SQLITE_TRACE_PROFILE : 0;
  unsigned const events = for_hook | for_recorder;
  sqlite3_trace_v2(state.handle, events, events != 0 ? on_trace : nullptr, &state);
}

inline bool deadline_passed(connection_state const& state) noexcept {
  return std::chrono::steady_clock::now() >= state.deadline;
}

inline int on_progress(void* state) noexcept { return deadline_passed(*static_cast<connection_state*>(state)); }

/// SQLite's own waiting for a lock knows no deadline, so this one stands in while there is one.
inline int on_busy_with_deadline(void* context, int tries) noexcept {
  auto const& state = *static_cast<connection_state*>(context);
  auto const pause = std::chrono::milliseconds{tries < 5 ? 1 + tries : 10};
  if (deadline_passed(state) || pause * tries > state.busy_timeout) return 0;
  std::this_thread::sleep_for(pause);
  return 1;
}

inline void install_deadline(connection_state& state) noexcept {
  sqlite3_progress_handler(state.handle, deadline_interval, on_progress, &state);
  sqlite3_busy_handler(state.handle, on_busy_with_deadline, &state);
  state.has_deadline = true;
}

inline void remove_deadline(connection_state& state) noexcept {
  sqlite3_progress_handler(state.handle, 0, nullptr, nullptr);
  sqlite3_busy_timeout(state.handle, static_cast<int>(state.busy_timeout.count()));
  state.has_deadline = false;
}

}  // namespace forge_db::sqlite::detail
