// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/query_log.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::sqlite::detail {

/// Measures the runs of one connection's statements for its query_hook. SQLite's trace tells when a run starts, gives a
/// row and ends, so that statements which nobody measures pay nothing; but it tells of the end before it is known
/// whether that was a failure, so a run is reported when its statement is let go, run again, or has failed.
class query_recorder {
 public:
  query_recorder(query_hook hook, std::chrono::nanoseconds threshold, bool shows_values)
      : hook_(std::move(hook)), threshold_(threshold), shows_values_(shows_values) {}

  /// `statement` must not be watched yet.
  void watch(sqlite3_stmt* statement) {
    auto watched = std::make_unique<run>();
    watched->statement = statement;
    runs_.insert(place_of(statement), std::move(watched));
  }
  void forget(sqlite3_stmt* statement) noexcept {
    if (find(statement) != nullptr) runs_.erase(place_of(statement));
  }

  /// For one of SQLite's trace events; statements that are not watched are passed over.
  void trace(unsigned event, sqlite3_stmt* statement) {
    auto* const found = find(statement);
    if (found == nullptr) return;
    if (event == SQLITE_TRACE_ROW) {
      ++found->rows;
    } else if (event == SQLITE_TRACE_PROFILE) {
      end(*found);
    } else if (found->at != stage::running) {  // otherwise it is the body of a trigger
      report(statement, nullptr);
      begin(*found);
    }
  }

  /// Tells of the run that has ended, if there is one. `failure` may be null.
  void report(sqlite3_stmt* statement, error const* failure) noexcept {
    auto* const found = find(statement);
    if (found == nullptr || (found->at == stage::idle && failure == nullptr)) return;
    if (found->at == stage::running) end(*found);
    found->at = stage::idle;
    std::int64_t const changed = failure == nullptr ? found->changed : 0;
    tell({sqlite3_sql(statement), found->took, found->rows, changed, failure, found->with_values});
  }

  void refused(std::string_view text, error const& failure) noexcept { tell({text, {}, 0, 0, &failure}); }

 private:
  using clock = std::chrono::steady_clock;
  enum class stage : std::uint8_t { idle, running, ended };
  struct run {
    sqlite3_stmt* statement = nullptr;
    stage at = stage::idle;
    clock::time_point began{};
    std::chrono::nanoseconds took{};
    std::int64_t rows = 0;
    std::int64_t changed = 0;  // while running: the connection's total when it began
    std::string with_values{};
  };

  using run_list = std::vector<std::unique_ptr<run>>;

  run_list::const_iterator place_of(sqlite3_stmt* statement) const noexcept {
    return std::lower_bound(runs_.begin(), runs_.end(), statement,
                            [](std::unique_ptr<run> const& watched, sqlite3_stmt* wanted) {
                              return std::less<>{}(watched->statement, wanted);
                            });
  }

  run* find(sqlite3_stmt* statement) const noexcept {
    auto const place = place_of(statement);
    return place != runs_.end() && (*place)->statement == statement ? place->get() : nullptr;
  }

  void begin(run& starting) {
    std::int64_t const changed = sqlite3_total_changes64(sqlite3_db_handle(starting.statement));
    starting = {starting.statement, stage::running, {}, {}, 0, changed, {}};
    if (shows_values_) {
      if (char* const text = sqlite3_expanded_sql(starting.statement)) {
        starting.with_values = text;
        sqlite3_free(text);
      }
    }
    starting.began = clock::now();
  }

  static void end(run& ending) noexcept {
    ending.took = clock::now() - ending.began;
    ending.at = stage::ended;
    // The number of changes is that of the last statement that changed something, which need not be this one.
    sqlite3* const connection = sqlite3_db_handle(ending.statement);
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
  run_list runs_{};  // sorted by statement; by pointer, as a hook sees its run while others may come
};

}  // namespace forge_db::sqlite::detail
