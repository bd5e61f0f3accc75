// SPDX-License-Identifier: MIT
#pragma once

#include "support/catch.hpp"
#include "systems/plain_sqlite.hpp"
#include "systems/statement_meter.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace tests {

/// Which operations go through a table from end to end, and which sort what they read, by SQLite's plan of each
/// statement that they ran; and which take many steps otherwise, such as through an index whose values are few. With
/// SHOW_PLANS in the environment the plans are told.
class reading_plans {
 public:
  explicit reading_plans(plain_sqlite const& file) {
    for (auto const& name : file.column("select name from sqlite_schema where type in ('table', 'view')")) {
      tables_.insert(name);
    }
    for (auto const& view : file.column("select sql from sqlite_schema where type = 'view'")) views_ += view;
  }

  /// Runs the operation, which answers how many rows it found: some, as what finds nothing proves nothing.
  template <class Session, class Operation>
  void look(Session& session, std::string const& name, Operation const& operation) {
    std::vector<measured_statement> ran;
    INFO(name);
    {
      statement_meter const meter(session.connection().native());
      REQUIRE(operation() > 0);
      ran = meter.statements();
    }
    int plans = 0;
    for (auto const& statement : ran) {
      if (statement.sql.find("select") == std::string::npos) continue;  // begin, commit
      auto& most = most_steps_[name];
      most = std::max(most, statement.steps);
      ++plans;
      auto lines = session.connection().prepare_once("explain query plan " + statement.sql);
      while (lines.step()) {
        std::string const line(lines.text(3));
        if (is_scan(statement.sql, line)) scanning_.insert(name);
        // Of the statement itself, which has the parent 0; its last term alone sorts ties only.
        if (lines.text(1) == "0" && line == "USE TEMP B-TREE FOR ORDER BY") sorting_.insert(name);
        if (std::getenv("SHOW_PLANS") != nullptr) WARN(name << ": " << statement.steps << ": " << line);
      }
    }
    CHECK(plans > 0);
  }

  [[nodiscard]] std::set<std::string> const& scanning() const noexcept { return scanning_; }
  [[nodiscard]] std::set<std::string> const& sorting() const noexcept { return sorting_; }
  /// Those that scan, sort, or have a statement of more than `many_steps` steps.
  [[nodiscard]] std::set<std::string> laborious() const {
    std::set<std::string> all = scanning_;
    all.insert(sorting_.begin(), sorting_.end());
    for (auto const& [name, steps] : most_steps_) {
      if (steps > many_steps) all.insert(name);
    }
    return all;
  }
  /// Of the statement that took most.
  [[nodiscard]] std::int64_t most_steps(std::string const& name) const { return most_steps_.at(name); }

  static constexpr std::int64_t many_steps = 20'000;  ///< Several times what a page of twenty rows takes.

 private:
  /// `SCAN logs`, also by an index, of a table or of the name that the statement or a view has for it. A Bloom filter
  /// is made of all rows.
  [[nodiscard]] bool is_scan(std::string const& sql, std::string const& line) const {
    std::smatch scan;
    if (!std::regex_match(line, scan, std::regex("(?:SCAN|BLOOM FILTER ON) (\\w+)(?: .*)?"))) return false;
    std::string const name = scan[1];
    if (tables_.contains(name)) return true;
    std::string const texts = sql + "\n" + views_;
    std::regex const named("(\\w+)\"? (?:as )?\"?" + name + "\\b");
    return std::any_of(std::sregex_iterator(texts.begin(), texts.end(), named), std::sregex_iterator(),
                       [&](std::smatch const& alias) { return tables_.contains(alias[1]); });
  }

  std::string views_;
  std::set<std::string> tables_;
  std::set<std::string> scanning_;
  std::set<std::string> sorting_;
  std::map<std::string, std::int64_t> most_steps_;
};

/// `ProjectRepository.list by name` is one of `ProjectRepository.list`.
inline std::set<std::string> operations_of(std::set<std::string> const& names) {
  std::set<std::string> operations;
  for (auto const& name : names) operations.insert(name.substr(0, name.find(' ')));
  return operations;
}

/// The operations of a table of the documentation, `| operation | why |`, below a heading: those with a reason. A cell
/// may name several.
inline std::set<std::string> explained_scans(std::string const& page, std::string const& heading) {
  std::ifstream in(std::string(FORGE_DB_SOURCE_DIR) + "/" + page);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  auto const begin = text.find(heading + "\n");
  REQUIRE(begin != std::string::npos);
  std::string const section = text.substr(begin, text.find("\n## ", begin + 1) - begin);
  std::set<std::string> found;
  std::regex const row("\\| (`[^|]+`) \\| [^|]{20,} \\|"), name("`([\\w. ]+)`");
  for (std::sregex_iterator at(section.begin(), section.end(), row), end; at != end; ++at) {
    std::string const cell = (*at)[1];
    for (std::sregex_iterator each(cell.begin(), cell.end(), name); each != end; ++each) found.insert((*each)[1]);
  }
  return found;
}

}  // namespace tests
