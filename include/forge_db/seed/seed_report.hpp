// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::seed {

/// What became of the rows that were to go into a table: each was inserted, updated or skipped.
struct table_report {
  std::string table{};
  std::int64_t read = 0;
  std::int64_t inserted = 0;
  std::int64_t updated = 0;  ///< Rows that were there, and had other values.
  std::int64_t skipped = 0;  ///< Rows that were there, and stay as they are.

  friend bool operator==(table_report const&, table_report const&) = default;
};

/// Several tables, in the order in which they were filled first.
struct report {
  std::vector<table_report> tables{};

  /// Adds to the table's report if it has one.
  report& operator+=(table_report one) {
    for (table_report& each : tables) {
      if (each.table != one.table) continue;
      each.read += one.read;
      each.inserted += one.inserted;
      each.updated += one.updated;
      each.skipped += one.skipped;
      return *this;
    }
    tables.push_back(std::move(one));
    return *this;
  }

  /// Rows that were inserted or updated; 0 when all was there already.
  [[nodiscard]] std::int64_t changed() const noexcept {
    std::int64_t sum = 0;
    for (table_report const& each : tables) sum += each.inserted + each.updated;
    return sum;
  }

  /// A line for each table: `shelves: 2 inserted, 0 updated, 1 skipped`.
  [[nodiscard]] std::string text() const {
    std::string lines;
    for (table_report const& each : tables) {
      lines += each.table + ": " + std::to_string(each.inserted) + " inserted, " + std::to_string(each.updated) +
               " updated, " + std::to_string(each.skipped) + " skipped\n";
    }
    return lines;
  }

  friend bool operator==(report const&, report const&) = default;
};

}  // namespace forge_db::seed
