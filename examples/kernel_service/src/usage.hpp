// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/timestamp.hpp>
#include <forge_db/repository/quota.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <cstdint>
#include <kernel/app_usage.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kernel::app {

/// Of an application's manifest.
struct quotas {
  std::int64_t max_storage_mb = 100;
  std::int64_t max_api_calls_per_hour = 1000;
  std::int64_t max_documents = 10000;
};

/// AuditRepository's counters: what one application used in an hour of UTC, such as `2026-02-20T14`. A new hour starts
/// at 0 by itself. `at` is the moment whose hour is meant.
///
/// Counting is one statement: no count is lost and no counter made twice, whoever counts at once.
///
/// Takes a session of either kind, which must outlive it; what writes is there in a write session only.
template <class Session>
class usage {
 public:
  usage(Session& session, std::string app);

  [[nodiscard]] std::int64_t get_usage(std::string const& resource,
                                       forge_db::timestamp at = forge_db::timestamp::now()) const;

  /// The new count.
  std::int64_t increment_usage(std::string const& resource,
                               forge_db::timestamp at = forge_db::timestamp::now()) const requires Session::can_write;

  /// The counters of the hour, by resource; at most 1000.
  [[nodiscard]] std::vector<AppUsage> get_all_usage(forge_db::timestamp at = forge_db::timestamp::now()) const;

  /// check_quota: compares with the limit and counts, in one statement. Limits: `api_calls` and `documents` those of
  /// the quotas, other resources none. Throws quota_exceeded, and has counted nothing, where the limit is reached.
  forge_db::quota_usage check_quota(
      std::string const& resource, quotas const& limits = {},
      forge_db::timestamp at = forge_db::timestamp::now()) const requires Session::can_write;

  /// The bytes that the contents of its documents, files and former versions of files take, in UTF-8; 0 of an unknown
  /// application. One row is read, which triggers keep, whoever writes.
  [[nodiscard]] std::int64_t storage_used() const;

 private:
  Session& session_;
  std::string app_;
};

/// The counters of all applications; the same holds of its session.
template <class Session>
class whole_usage {
 public:
  explicit whole_usage(Session& session) : session_(session) {}

  /// The counters of the hour, by application and resource; at most 1000 a call, from `offset` on.
  [[nodiscard]] std::vector<AppUsage> get_all_apps_usage(forge_db::timestamp at = forge_db::timestamp::now(),
                                                         std::int64_t offset = 0) const;

  /// Removes the counters of the hours before that of `moment`, and says how many. With `most`, no more than so many,
  /// the oldest ones.
  std::int64_t prune_usage(forge_db::timestamp moment,
                           std::optional<std::int64_t> most = {}) const requires Session::can_write;

 private:
  Session& session_;
};

extern template class usage<forge_db::sqlite::read_session>;
extern template class usage<forge_db::sqlite::write_session>;
extern template class whole_usage<forge_db::sqlite::read_session>;
extern template class whole_usage<forge_db::sqlite::write_session>;

}  // namespace kernel::app
