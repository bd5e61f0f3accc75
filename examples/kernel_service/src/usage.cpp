// SPDX-License-Identifier: MIT
#include "usage.hpp"

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>
#include <forge_db/session/session.hpp>

#include <kernel/app_storage_repository.hpp>
#include <kernel/app_usage_repository.hpp>
#include <utility>

namespace kernel::app {
namespace {

constexpr std::int64_t most_counters = 1000;

template <class Session>
auto counter(Session& session, std::string const& app, std::string const& resource) {
  return AppUsageRepository{session}.quota(app, resource);
}

std::int64_t limit_of(std::string const& resource, quotas const& limits) {
  if (resource == "api_calls") return limits.max_api_calls_per_hour;
  if (resource == "documents") return limits.max_documents;
  return forge_db::no_quota_limit;
}

}  // namespace

template <class Session>
usage<Session>::usage(Session& session, std::string app) : session_(session), app_(std::move(app)) {}

template <class Session>
std::int64_t usage<Session>::get_usage(std::string const& resource, forge_db::timestamp at) const {
  return counter(session_, app_, resource).usage(at).used;
}

template <class Session>
std::int64_t usage<Session>::increment_usage(std::string const& resource,
                                             forge_db::timestamp at) const requires Session::can_write {
  return counter(session_, app_, resource).consume(1, at).used;
}

template <class Session>
std::vector<AppUsage> usage<Session>::get_all_usage(forge_db::timestamp at) const {
  auto const period = AppUsageRepository<Session>::period(at);
  return session_.all(forge_db::select<AppUsage>()
                          .where(app_usage::app_id == app_ && app_usage::period == period)
                          .order_by(app_usage::resource.asc())
                          .limit(most_counters));
}

template <class Session>
forge_db::quota_usage usage<Session>::check_quota(std::string const& resource, quotas const& limits,
                                                  forge_db::timestamp at) const requires Session::can_write {
  return counter(session_, app_, resource).limited_to(limit_of(resource, limits)).consume(1, at);
}

template <class Session>
std::int64_t usage<Session>::storage_used() const {
  auto const stored = AppStorageRepository{session_}.find(app_);
  return stored ? stored->bytes : 0;
}

template <class Session>
std::vector<AppUsage> whole_usage<Session>::get_all_apps_usage(forge_db::timestamp at, std::int64_t offset) const {
  auto const period = AppUsageRepository<Session>::period(at);
  return session_.all(forge_db::select<AppUsage>()
                          .where(app_usage::period == period)
                          .order_by(app_usage::app_id.asc(), app_usage::resource.asc())
                          .limit(most_counters)
                          .offset(offset));
}

template <class Session>
std::int64_t whole_usage<Session>::prune_usage(forge_db::timestamp moment,
                                               std::optional<std::int64_t> most) const requires Session::can_write {
  if (!most) return AppUsageRepository{session_}.forget_before(moment);
  auto const oldest = forge_db::select(app_usage::id)
                          .from<AppUsage>()
                          .where(app_usage::period < AppUsageRepository<Session>::period(moment))
                          .order_by(app_usage::period.asc())
                          .limit(*most);
  return session_.execute(forge_db::remove<AppUsage>().where(app_usage::id.in(oldest)));
}

template class usage<forge_db::sqlite::read_session>;
template class usage<forge_db::sqlite::write_session>;
template class whole_usage<forge_db::sqlite::read_session>;
template class whole_usage<forge_db::sqlite::write_session>;

}  // namespace kernel::app
