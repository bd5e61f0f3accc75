// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace tests {

/// What SQLite did for one run of a statement.
struct measured_statement {
  std::string sql;
  std::int64_t steps = 0;    ///< Of its virtual machine: the same in every run, unlike time.
  std::int64_t scanned = 0;  ///< Rows stepped over while a whole table was read.
  std::int64_t sorts = 0;
};

/// Watches every statement that ends on a connection, also those of which only the first row was read, until it goes.
/// What prepared statements did before does not count. The connection must not have a trace or a query log of its own.
class statement_meter {
 public:
  explicit statement_meter(sqlite3* connection) : connection_(connection) {
    // SQLite counts until it is asked.
    for (auto* each = sqlite3_next_stmt(connection_, nullptr); each != nullptr;
         each = sqlite3_next_stmt(connection_, each))
      static_cast<void>(taken(each));
    sqlite3_trace_v2(connection_, SQLITE_TRACE_PROFILE, &statement_meter::ended, this);
  }
  statement_meter(statement_meter const&) = delete;
  statement_meter& operator=(statement_meter const&) = delete;
  ~statement_meter() { sqlite3_trace_v2(connection_, 0, nullptr, nullptr); }

  [[nodiscard]] std::vector<measured_statement> const& statements() const noexcept { return statements_; }

  [[nodiscard]] std::int64_t steps() const noexcept {
    std::int64_t sum = 0;
    for (auto const& each : statements_) sum += each.steps;
    return sum;
  }

 private:
  /// What SQLite counted so far, which it then begins again.
  static measured_statement taken(sqlite3_stmt* statement) {
    auto const counted = [statement](int counter) { return std::int64_t{sqlite3_stmt_status(statement, counter, 1)}; };
    return {sqlite3_sql(statement), counted(SQLITE_STMTSTATUS_VM_STEP), counted(SQLITE_STMTSTATUS_FULLSCAN_STEP),
            counted(SQLITE_STMTSTATUS_SORT)};
  }

  static int ended(unsigned /*event*/, void* self, void* statement, void* /*duration*/) {
    static_cast<statement_meter*>(self)->statements_.push_back(taken(static_cast<sqlite3_stmt*>(statement)));
    return 0;
  }

  sqlite3* connection_;
  std::vector<measured_statement> statements_;
};

}  // namespace tests
