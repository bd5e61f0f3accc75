// SPDX-License-Identifier: MIT
#include "audit.hpp"

#include "metadata.hpp"

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>
#include <forge_db/repository/unscoped_repository.hpp>
#include <forge_db/session/session.hpp>

#include <kernel/audit_log_repository.hpp>
#include <utility>

namespace kernel::app {
namespace {

constexpr std::int64_t most_logs = 200;

void check(log_window const& window) {
  if (window.limit >= 1 && window.limit <= most_logs && window.offset >= 0) return;
  throw forge_db::invalid_value("A list of log entries has a limit of 1 to 200, and an offset of 0 or more");
}

}  // namespace

template <class Session>
audit_trail<Session>::audit_trail(Session& session, std::string app) : session_(session), app_(std::move(app)) {}

template <class Session>
AuditLog audit_trail<Session>::log_action(
    std::string const& action, std::string const& resource_type, std::optional<std::string> const& resource_id,
    std::optional<forge_db::json> const& details) const requires Session::can_write {
  return AuditLogRepository{session_, app_}.insert({.action = action,
                                                    .resource_type = resource_type,
                                                    .resource_id = resource_id,
                                                    .details_json = stored_object(details)});
}

template <class Session>
log_list audit_trail<Session>::list_logs(log_window window) const {
  check(window);
  return {session_.all(forge_db::select<AuditLog>()
                           .where(audit_log::app_id == app_)
                           .order_by(audit_log::timestamp.desc(), audit_log::id.desc())
                           .limit(window.limit)
                           .offset(window.offset)),
          count_logs()};
}

template <class Session>
forge_db::key_page<AuditLog> audit_trail<Session>::logs_after(forge_db::page_cursor<AuditLog> const& cursor,
                                                              std::optional<std::size_t> size) const {
  return AuditLogRepository{session_, app_}.page_after({}, {{AuditLogSort::timestamp, forge_db::direction::descending}},
                                                       cursor, size);
}

template <class Session>
std::int64_t audit_trail<Session>::count_logs() const {
  return AuditLogRepository{session_, app_}.count();
}

template <class Session>
std::int64_t audit_trail<Session>::prune_logs(forge_db::timestamp before) const requires Session::can_write {
  return session_.execute(
      forge_db::remove<AuditLog>().where(audit_log::app_id == app_ && audit_log::timestamp < before));
}

template <class Session>
log_list whole_audit<Session>::list_all_logs(log_window window, log_filter const& filter) const {
  check(window);
  auto const is_action = [](auto const& action) { return audit_log::action == action; };
  auto const is_type = [](auto const& type) { return audit_log::resource_type == type; };
  return {
      session_.all(forge_db::select<AuditLog>()
                       .where(forge_db::when(filter.action, is_action) && forge_db::when(filter.resource_type, is_type))
                       .order_by(audit_log::timestamp.desc(), audit_log::id.desc())
                       .limit(window.limit)
                       .offset(window.offset)),
      count_all_logs(filter)};
}

template <class Session>
std::int64_t whole_audit<Session>::count_all_logs(log_filter const& filter) const {
  return forge_db::unscoped<AuditLog>(session_).count({.action = filter.action, .resource_type = filter.resource_type});
}

template <class Session>
std::vector<action_count> whole_audit<Session>::get_summary() const {
  std::vector<action_count> summary;
  for (auto& [app, action, count] : session_.all(select(audit_log::app_id, audit_log::action, forge_db::count())
                                                     .template from<AuditLog>()
                                                     .group_by(audit_log::app_id, audit_log::action)
                                                     .order_by(audit_log::app_id.asc(), audit_log::action.asc()))) {
    summary.push_back({std::move(app), std::move(action), count});
  }
  return summary;
}

template <class Session>
std::int64_t whole_audit<Session>::prune_all_logs(forge_db::timestamp before,
                                                  std::optional<std::int64_t> most) const requires Session::can_write {
  if (!most) return session_.execute(forge_db::remove<AuditLog>().where(audit_log::timestamp < before));
  auto const oldest = forge_db::select(audit_log::id)
                          .from<AuditLog>()
                          .where(audit_log::timestamp < before)
                          .order_by(audit_log::timestamp.asc())
                          .limit(*most);
  return session_.execute(forge_db::remove<AuditLog>().where(audit_log::id.in(oldest)));
}

template class audit_trail<forge_db::sqlite::read_session>;
template class audit_trail<forge_db::sqlite::write_session>;
template class whole_audit<forge_db::sqlite::read_session>;
template class whole_audit<forge_db::sqlite::write_session>;

}  // namespace kernel::app
