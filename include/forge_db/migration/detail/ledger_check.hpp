// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/chain.hpp>
#include <forge_db/migration/ledger.hpp>
#include <forge_db/migration/list.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration::detail {

inline std::string numbered(int version, std::string const& title) {
  return "migration " + std::to_string(version) + " \"" + title + "\"";
}

/// What is wrong between ledger and list, one sentence each with its cure; empty when the list continues the ledger.
class ledger_check {
 public:
  ledger_check(list const& migrations, std::vector<ledger_row> const& rows, std::optional<ledger_head> const& head)
      : list_(migrations), rows_(rows) {
    check_numbers();
    std::string previous_hash;
    std::string link = chain_start(list_.schema);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      ledger_row const& row = rows_[i];
      if (row.row_hash != ledger::hash_of(list_.schema, row, previous_hash))
        say("the record of " + numbered(row.version, row.title) +
            " was altered in the ledger; restore the database from a backup");
      previous_hash = row.row_hash;
      check_row(i, row);
      link = forge_db::detail::sha256_hex(link + row.hash);
      if (row.chain != link && problems_.empty())
        say("the ledger lacks a migration before " + numbered(row.version, row.title) +
            "; restore the database from a backup");
    }
    check_head(head);
  }

  std::vector<std::string> const& problems() const { return problems_; }

 private:
  void say(std::string text) { problems_.push_back(std::move(text)); }

  void check_numbers() {
    for (std::size_t i = 0; i < list_.migrations.size(); ++i) {
      int const version = list_.migrations[i].version;
      int const expected = i == 0 ? (version == 1 ? 1 : 0) : list_.migrations[i - 1].version + 1;
      if (version != expected)
        say("the list has migration " + std::to_string(version) + " where " + std::to_string(expected) +
            " should be; number the files without gaps");
    }
  }

  void check_row(std::size_t at, ledger_row const& row) {
    if (at < list_.migrations.size()) {
      migration const& same = list_.migrations[at];
      if (same.version == row.version && same.hash == row.hash) return;
    }
    int const last = list_.migrations.empty() ? -1 : list_.migrations.back().version;
    if (row.version > last) {
      say("the database holds " + numbered(row.version, row.title) + " and this program knows migrations up to " +
          std::to_string(last) + "; start the newer program, or restore a backup from before its upgrade");
      return;
    }
    for (migration const& other : list_.migrations)
      if (other.hash == row.hash) {
        say(numbered(row.version, row.title) + " stands as number " + std::to_string(other.version) +
            " in the list; put the files back in order");
        return;
      }
    for (migration const& other : list_.migrations)
      if (other.version == row.version) {
        say(numbered(row.version, row.title) +
            " was edited after it ran; restore the file, and write the change as a new migration");
        return;
      }
    say(numbered(row.version, row.title) + " is missing from the list; restore its file");
  }

  void check_head(std::optional<ledger_head> const& head) {
    if (!problems_.empty()) return;
    if (!head) {
      if (!rows_.empty()) say("the ledger has rows and no head; restore the database from a backup");
      return;
    }
    bool const fits = rows_.empty() ? head->chain == chain_start(list_.schema)
                                    : head->chain == rows_.back().chain && head->version == rows_.back().version;
    if (!fits) say("the ledger's head and its last row disagree; restore the database from a backup");
  }

  list const& list_;
  std::vector<ledger_row> const& rows_;
  std::vector<std::string> problems_{};
};

}  // namespace forge_db::migration::detail
