// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/sqlite.hpp>
#include <forge_db/maintenance/row_check.hpp>
#include <forge_db/migration/migration.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace promptforge_db {

/// What a start did, and what it cost.
struct start_report {
  forge_db::migration::report migrations;
  std::vector<std::string> repaired;            ///< what the earlier program had left unfinished
  std::vector<std::string> hardening;           ///< what was done to file modes, or why it was not
  std::vector<forge_db::row_finding> odd_rows;  ///< looked for when anything was migrated; left as they are
  std::int64_t statements = 0;       ///< SQL statements beyond the set-up of the connection, by SQLite's own trace
  std::chrono::microseconds took{};  ///< from before the file is opened to after hardening
};

/// The start of the program on one file: the kernel's migrations, those of PromptForge, their steps of every start,
/// then the modes of the file (0600) and of its directory (0700). Makes the file when it is missing. Safe to run at any
/// time, by several processes at once. Errors: see migration::runner and sqlite::connection; hardening never fails a
/// start.
start_report start_up(std::string const& file, forge_db::migration::observer* watch = nullptr);

/// Where the file stands. Read only; errors: cannot_open when there is no such file.
forge_db::migration::status_report status_of(std::string const& file);

/// The file against the schema: its objects, and its rows, which are told but are no fault of the file.
struct verify_report {
  forge_db::migration::verification schema;
  std::vector<forge_db::row_finding> odd_rows;
};

/// Compares the file with the schema, object by object and row by row. Read only; errors as status_of().
verify_report verify(std::string const& file);

}  // namespace promptforge_db
