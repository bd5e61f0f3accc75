// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/query_log.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace forge_db::sqlite::detail {

/// Measures the runs of one connection's statements for its query_hook. SQLite's trace tells when a run starts, gives a
/// row and ends, so that statements which nobody measures pay nothing; but it tells of the end before it is known
/// whether that was a failure, so a run is reported when its statement is let go, run again, or has failed.
class query_recorder {
 public:
  query_recorder(query_hook hook, std::chrono::nanoseconds threshold, bool shows_values)
      : hook_(std::move(hook)), threshold_(threshold), shows_values_(shows_values) {}

  void watch(sqlite3_stmt* statement) { runs_.try_emplace(statement); }
  void forget(sqlite3_stmt* statement) noexcept { runs_.erase(statement); }

  /// For one of SQLite's trace events; statements that are not watched are passed over.
  void trace(unsigned event, sqlite3_stmt* statement) {
    auto const found = runs_.find(statement);
    if (found == runs_.end()) return;
    auto& its_run = found->second;
    if (event == SQLITE_TRACE_ROW) {
      ++its_run.rows;
    } else if (event == SQLITE_TRACE_PROFILE) {
      end(statement, its_run);
    } else if (its_run.at != stage::running) {  // otherwise it is the body of a trigger
      report(statement, nullptr);
      begin(statement, its_run);
    }
  }

  /// Tells of the run that has ended, if there is one. `failure` may be null.
  void report(sqlite3_stmt* statement, error const* failure) noexcept {
    auto const found = runs_.find(statement);
    if (found == runs_.end() || (found->second.at == stage::idle && failure == nullptr)) return;
    auto& told = found->second;
    if (told.at == stage::running) end(statement, told);
    told.at = stage::idle;
    std::int64_t const changed = failure == nullptr ? told.changed : 0;
    tell({sqlite3_sql(statement), told.took, told.rows, changed, failure, told.with_values});
  }

  void refused(std::string_view text, error const& failure) noexcept { tell({text, {}, 0, 0, &failure}); }

 private:
  using clock = std::chrono::steady_clock;
  enum class stage : std::uint8_t { idle, running, ended };
  struct run {
    stage at = stage::idle;
    clock::time_point began{};
    std::chrono::nanoseconds took{};
    std::int64_t rows = 0;
    std::int64_t changed = 0;  // while running: the connection's total when it began
    std::string with_values{};
  };

  void begin(sqlite3_stmt* statement, run& starting) {
    starting = {stage::running, {}, {}, 0, sqlite3_total_changes64(sqlite3_db_handle(statement)), {}};
    if (shows_values_) {
      if (char* const text = sqlite3_expanded_sql(statement)) {
        starting.with_values = text;
        sqlite3_free(text);
      }
    }
    starting.began = clock::now();
  }

  static void end(sqlite3_stmt* statement, run& ending) noexcept {
    ending.took = clock::now() - ending.began;
    ending.at = stage::ended;
    // The number of changes is that of the last statement that changed something, which need not be this one.
    sqlite3* const connection = sqlite3_db_handle(statement);
    bool const changed = sqlite3_total_changes64(connection) != ending.changed;
    ending.changed = changed ? sqlite3_changes64(connection) : 0;
  }

  void tell(query_event const& event) noexcept {
    if (event.failure == nullptr && event.duration < threshold_) return;
    try {
      hook_(event);
    } catch (...) {  // NOLINT(bugprone-empty-catch): a report must not undo the work that it is about
    }
  }

  query_hook const hook_;
  std::chrono::nanoseconds const threshold_;
  bool const shows_values_;
  std::unordered_map<sqlite3_stmt*, run> runs_{};
};

}  // namespace forge_db::sqlite::detail
