// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/json.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/query/page_cursor.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <cstddef>
#include <cstdint>
#include <kernel/audit_log.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kernel::app {

/// A stretch of a list of log entries: 1 to 200 of them, from `offset` on; else invalid_value is thrown.
struct log_window {
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};

/// Entries, the latest first, and how many there are in all, both as of one moment.
struct log_list {
  std::vector<AuditLog> logs{};
  std::int64_t total = 0;
};

/// AuditRepository, of one application: who did what to which resource. Entries of one time are ordered by their ids,
/// so that no stretch overlaps another.
///
/// Takes a session of either kind, which must outlive it; what writes is there in a write session only.
template <class Session>
class audit_trail {
 public:
  audit_trail(Session& session, std::string app);

  /// The entry, of the time now. Details are a JSON object; without members they are NULL.
  AuditLog log_action(std::string const& action, std::string const& resource_type,
                      std::optional<std::string> const& resource_id = {},
                      std::optional<forge_db::json> const& details = {}) const requires Session::can_write;

  [[nodiscard]] log_list list_logs(log_window window = {}) const;

  /// The same by key: a late page costs what the first one does, and entries that come meanwhile move nothing. Nothing
  /// is counted. Throws bad_cursor, and invalid_value for more than 200.
  [[nodiscard]] forge_db::key_page<AuditLog> logs_after(forge_db::page_cursor<AuditLog> const& cursor,
                                                        std::optional<std::size_t> size = {}) const;

  [[nodiscard]] std::int64_t count_logs() const;

  /// Removes the entries from before that time, and says how many.
  std::int64_t prune_logs(forge_db::timestamp before) const requires Session::can_write;

 private:
  Session& session_;
  std::string app_;
};

/// What list_all_logs() is narrowed by, exactly; unset fields do not narrow.
struct log_filter {
  std::optional<std::string> action{};
  std::optional<std::string> resource_type{};
};

struct action_count {
  std::string app_id{};
  std::string action{};
  std::int64_t count = 0;
};

/// AuditRepository, across all applications; the same holds of its session.
template <class Session>
class whole_audit {
 public:
  explicit whole_audit(Session& session) : session_(session) {}

  [[nodiscard]] log_list list_all_logs(log_window window = {}, log_filter const& filter = {}) const;
  [[nodiscard]] std::int64_t count_all_logs(log_filter const& filter = {}) const;

  /// How often each application did what, by application and action.
  [[nodiscard]] std::vector<action_count> get_summary() const;

  /// Removes the entries of all applications from before that time, and says how many. With `most`, no more than so
  /// many, the oldest ones.
  std::int64_t prune_all_logs(forge_db::timestamp before,
                              std::optional<std::int64_t> most = {}) const requires Session::can_write;

 private:
  Session& session_;
};

extern template class audit_trail<forge_db::sqlite::read_session>;
extern template class audit_trail<forge_db::sqlite::write_session>;
extern template class whole_audit<forge_db::sqlite::read_session>;
extern template class whole_audit<forge_db::sqlite::write_session>;

}  // namespace kernel::app
