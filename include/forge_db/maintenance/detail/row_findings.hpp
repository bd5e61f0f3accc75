// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/maintenance/row_finding.hpp>
#include <forge_db/migration/detail/quoting.hpp>
#include <forge_db/migration/live_schema.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::detail {

/// How the rows of one table are named in a report: by primary key where that is short and printable, else by rowid.
/// A statement that names rows selects columns() of the table's alias `c` first.
class row_names {
 public:
  explicit row_names(migration::live_table const& table) : key_(table.primary_key()) {
    if (table.without_rowid) return;
    for (char const* each : {"rowid", "_rowid_", "oid"})  // a column of that name would hide it
      if (rowid_.empty() && table.find_column(each) == nullptr) rowid_ = each;
  }

  std::string columns() const {
    std::string text;
    for (std::string const& each : key_) text += "c." + migration::detail::quoted_name(each) + ", ";
    return text + (rowid_.empty() ? "null" : "c." + rowid_);
  }

  /// Of the columns that a statement selects, the first one behind columns().
  int width() const { return static_cast<int>(key_.size()) + 1; }

  /// The current row; nothing where it has no name that may be shown. `hidden` are the columns whose values are odd.
  std::optional<std::string> name(sqlite::statement const& row, std::vector<std::string> const& hidden) const {
    std::string text;
    for (std::size_t i = 0; i < key_.size() && !is_among(hidden, key_[i]); ++i) {
      auto const kind = row.kind(static_cast<int>(i));
      if (kind != value_kind::text && kind != value_kind::integer) break;
      text += (i == 0 ? "" : ", ") + std::string{row.text(static_cast<int>(i))};
      if (i + 1 == key_.size() && is_printable(text)) return text;
    }
    if (rowid_.empty()) return std::nullopt;
    return "rowid " + std::to_string(row.int64(width() - 1));
  }

 private:
  static bool is_among(std::vector<std::string> const& all, std::string_view name) {
    return std::any_of(all.begin(), all.end(),
                       [&](std::string const& each) { return migration::detail::same_name(each, name); });
  }
  static bool is_printable(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  }

  std::vector<std::string> key_;
  std::string rowid_{};
};

/// Findings of one table, one for each column and problem.
class row_findings {
 public:
  explicit row_findings(row_names names) : names_(std::move(names)) {}

  void add(row_finding const& what, sqlite::statement const& row, std::vector<std::string> const& columns) {
    auto found = std::find_if(all_.begin(), all_.end(), [&](row_finding const& each) {
      return each.column == what.column && each.problem == what.problem && each.expected == what.expected;
    });
    if (found == all_.end()) found = all_.insert(found, what);
    ++found->rows;
    if (found->examples.size() >= 5) return;
    if (auto name = names_.name(row, columns)) found->examples.push_back(std::move(*name));
  }

  std::vector<row_finding>& all() { return all_; }

 private:
  row_names names_;
  std::vector<row_finding> all_{};
};

}  // namespace forge_db::detail
