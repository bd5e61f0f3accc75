// SPDX-License-Identifier: MIT
#pragma once

#include "manifest.hpp"

#include <forge_db/session/sqlite_database.hpp>

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kernel::http {

/// The applications of the manifests, in their order, and whether they are enabled. What a manifest says never changes,
/// so references to one stay good. Thread safe.
class applications {
 public:
  explicit applications(std::vector<manifest> manifests);

  [[nodiscard]] std::vector<manifest> const& all() const noexcept { return manifests_; }
  /// Null if there is none of that id.
  [[nodiscard]] manifest const* find(std::string_view id) const;
  [[nodiscard]] bool is_enabled(std::string_view id) const;

  /// What access to an application's rows needs. Throws refusal: 403 for an unknown application, which may nothing,
  /// and for a capability that it does not declare; 503 while it is disabled.
  manifest const& require(std::string_view id, std::string_view capability) const;

  /// Takes over what set_enabled() of an earlier start stored. What it cannot read it leaves: all stay enabled.
  void restore(forge_db::sqlite::database& database);

  /// Stores the state with an audit row, in one transaction, and then takes it on. False if it was so already: then
  /// nothing is written. `id` has to be known.
  bool set_enabled(forge_db::sqlite::database& database, std::string const& id, bool enabled);

 private:
  std::vector<manifest> manifests_;
  std::mutex changing_;  // held by who changes a state, around the transaction: memory follows the file's order
  mutable std::mutex mutex_;
  std::set<std::string, std::less<>> disabled_;
};

}  // namespace kernel::http
