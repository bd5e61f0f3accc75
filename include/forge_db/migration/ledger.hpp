// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/equivalence.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace forge_db::migration {

/// One migration on record. `row_hash` covers the row and the row before it, so that neither can be altered alone.
struct ledger_row {
  int version = 0;
  std::string title;
  std::string hash;
  std::string chain;
  std::string outcome;  ///< applied, or adopted when nothing had to run
  std::string applied_at{};
  std::string row_hash{};
};

/// Where a schema stands: one row, so that an up-to-date start reads one. `cookie` is SQLite's schema counter at the
/// last check; the same number means that nobody changed the schema since.
struct ledger_head {
  int version = 0;
  std::string chain;
  std::string fingerprint;
  std::int64_t cookie = 0;
};

/// The three tables that ForgeDB keeps beside the user's: `_forge_ledger`, `_forge_head`, `_forge_accepted`. Several
/// schemas share them. Functions that write run inside of the caller's transaction.
class ledger {
 public:
  explicit ledger(sqlite::connection& connection) : connection_(connection) {}

  /// Creates the tables that are missing. Throws migration_failed when the database has something else under a name
  /// of theirs; so does head().
  void create();

  /// Nothing when the schema is unknown here, or when there is no ledger at all.
  std::optional<ledger_head> head(std::string const& schema);
  void set_head(std::string const& schema, ledger_head const& head);

  std::vector<ledger_row> rows(std::string const& schema);
  void append(std::string const& schema, ledger_row row);

  std::vector<difference> accepted(std::string const& schema);
  void set_accepted(std::string const& schema, std::vector<difference> const& all);

  /// Gives every head whose cookie is `from` the cookie `to`.
  void move_cookies(std::int64_t from, std::int64_t to);

  /// What `row.row_hash` has to be after a row with `previous`.
  static std::string hash_of(std::string const& schema, ledger_row const& row, std::string const& previous);

 private:
  bool exists();
  void refuse_foreign_tables();

  sqlite::connection& connection_;
};

/// Whether `name` is one of ForgeDB's own tables.
inline bool is_ledger_table(std::string_view name) {
  return detail::same_name(name, "_forge_ledger") || detail::same_name(name, "_forge_head") ||
         detail::same_name(name, "_forge_accepted");
}

}  // namespace forge_db::migration

#include <forge_db/migration/detail/ledger_body.hpp>  // IWYU pragma: export
