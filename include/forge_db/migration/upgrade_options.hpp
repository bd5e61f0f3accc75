// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace forge_db::migration {

/// Before a migration drops rows or columns with values, or runs SQL of yours with DROP, DELETE, UPDATE or REPLACE in
/// it, the database file is copied as it is at that moment:
///
///     app.db.before-<schema>-<version>-<UTC time>.snapshot      app.db.before-shop-12-20300131T235959Z.snapshot
///
/// A number follows when that name is taken; no file is ever overwritten, and only its owner may read it (0600). It is
/// a database like any other. Reports and observers tell its path. When the migration fails it is deleted, since the
/// database is as before; otherwise it stays until you delete it. What has the name is whole: while it is written, and
/// when the program dies meanwhile, the name ends in ".partial". Steps in C++ count as nothing destroyed, and
/// databases in memory, temporary ones and files that had no table yet have no snapshot.
struct upgrade_options {
  bool snapshots = true;
  std::string snapshot_folder{};  ///< An existing one; empty: the database's own.
};

}  // namespace forge_db::migration
