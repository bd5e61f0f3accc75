// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/query_log.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db {

/// What the runs of one text cost, all together.
struct statement_statistics {
  std::string sql{};
  std::uint64_t count = 0;  ///< Runs, the failed ones included.
  std::uint64_t failed = 0;
  std::chrono::nanoseconds total{};
  std::chrono::nanoseconds longest{};
  std::int64_t rows = 0;
  std::int64_t changed = 0;
};

/// Adds up what a query_hook is told, by text. It must outlive the database that it is given to:
///
///     forge_db::query_statistics statistics;
///     auto db = forge_db::sqlite::open("library.db", {.on_query = std::ref(statistics)});
///
/// Every function may be called from any thread.
class query_statistics {
 public:
  /// The name under which texts are added up when `most_texts` others are known already: a program that makes texts at
  /// run time must not grow for ever.
  static constexpr std::string_view other_texts = "(other statements)";

  explicit query_statistics(std::size_t most_texts = 1000) : most_texts_(most_texts) {}

  void operator()(query_event const& event) {
    std::lock_guard const lock{mutex_};
    auto& sum = sum_of(event.sql);
    ++sum.count;
    if (event.failure != nullptr) ++sum.failed;
    sum.total += event.duration;
    sum.longest = std::max(sum.longest, event.duration);
    sum.rows += event.rows;
    sum.changed += event.changed;
  }

  /// What was added up so far, the most costly text first.
  [[nodiscard]] std::vector<statement_statistics> snapshot() const {
    std::vector<statement_statistics> found;
    {
      std::lock_guard const lock{mutex_};
      found.reserve(sums_.size());
      for (auto const& [sql, sum] : sums_) {
        found.push_back(sum);
        found.back().sql = sql;
      }
    }
    std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.total > b.total; });
    return found;
  }

  void clear() {
    std::lock_guard const lock{mutex_};
    sums_.clear();
  }

 private:
  statement_statistics& sum_of(std::string_view sql) {
    auto const found = sums_.find(sql);
    if (found != sums_.end()) return found->second;
    return sums_[std::string(sums_.size() < most_texts_ ? sql : other_texts)];
  }

  std::size_t const most_texts_;
  mutable std::mutex mutex_;
  std::map<std::string, statement_statistics, std::less<>> sums_{};  // their own `sql` stays empty
};

}  // namespace forge_db
