// SPDX-License-Identifier: MIT
#pragma once

#include "manifest.hpp"

#include <forge_db/session/sqlite_database.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kernel::http {

/// The applications of the manifests, in their order. Nothing of them changes, so references to one stay good, and any
/// number of threads may ask.
class applications {
 public:
  explicit applications(std::vector<manifest> manifests);

  [[nodiscard]] std::vector<manifest> const& all() const noexcept { return manifests_; }
  /// Null if there is none of that id.
  [[nodiscard]] manifest const* find(std::string_view id) const;

  /// What access to an application's rows needs, beside that it is enabled. Throws refusal 403 for an unknown
  /// application, which may nothing, and for a capability that it does not declare.
  manifest const& require(std::string_view id, std::string_view capability) const;

 private:
  std::vector<manifest> manifests_;
};

/// The ids of the applications that are disabled. It is read from the file each time, so that services on one file
/// agree. Where it cannot be read, none is; standard error says so once.
template <class Session>
std::set<std::string, std::less<>> disabled_apps(Session& session);

/// Throws refusal 503 while the application is disabled.
template <class Session>
void require_enabled(Session& session, manifest const& app);

/// False if it was so already: then nothing is written.
bool set_enabled(forge_db::sqlite::write_session& session, std::string const& id, bool enabled);

extern template std::set<std::string, std::less<>> disabled_apps(forge_db::sqlite::read_session&);
extern template void require_enabled(forge_db::sqlite::read_session&, manifest const&);
extern template void require_enabled(forge_db::sqlite::write_session&, manifest const&);

}  // namespace kernel::http
