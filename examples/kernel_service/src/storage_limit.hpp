// SPDX-License-Identifier: MIT
#pragma once

#include "usage.hpp"

#include <forge_db/session/session.hpp>

#include <cstdint>
#include <string>

namespace kernel::app {

/// `max_storage_mb` in bytes; a mebibyte has 1024 * 1024 of them.
[[nodiscard]] std::int64_t storage_limit(quotas const& limits) noexcept;

/// Throws storage_full where an application that stored `before` bytes stores more now, and more than it may.
void require_storage(std::string const& app, quotas const& limits, std::int64_t before, std::int64_t now);

/// What `work()` answers. Unless what it writes leaves the application within its limit, or storing no more than
/// before, it is undone, and storage_full is thrown; the transaction around it remains usable. It is measured behind
/// the write, within its transaction: what a write stores, former versions for one, is counted whatever writes it, and
/// the limit holds whoever writes at once. `work` must write by this session.
template <class Work>
auto within_storage(forge_db::sqlite::write_session& session, std::string const& app, quotas const& limits,
                    Work const& work) {
  usage const stored(session, app);
  auto const before = stored.storage_used();
  return session.transaction([&](auto&) {
    auto answer = work();
    require_storage(app, limits, before, stored.storage_used());
    return answer;
  });
}

}  // namespace kernel::app
