// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/list.hpp>
#include <forge_db/migration/report.hpp>

#include <cstdint>
#include <string>

namespace forge_db::migration {

/// Told what an upgrade is doing while it does it, on its thread and inside its transactions: do not use the database
/// here. An exception from an observer rolls the migration back.
class observer {
 public:
  virtual ~observer() = default;
  virtual void migration_started(std::string const& /*schema*/, migration const&) {}
  /// The file as it was before, kept at `path`, since the migration is about to destroy something.
  virtual void snapshot_made(std::string const& /*schema*/, migration const&, std::string const& /*path*/) {}
  virtual void operation_finished(std::string const& /*schema*/, int /*version*/, operation_report const&) {}
  virtual void migration_finished(std::string const& /*schema*/, migration_report const&) {}
  /// Rows of a table that is rebuilt, every 20,000 rows.
  virtual void rows_copied(std::string const& /*table*/, std::int64_t /*done*/, std::int64_t /*total*/) {}
};

}  // namespace forge_db::migration
