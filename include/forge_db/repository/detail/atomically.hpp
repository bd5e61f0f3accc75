// SPDX-License-Identifier: MIT
#pragma once

namespace forge_db::detail {

/// Calls `work()` in a savepoint of the session: several statements that stay, or are undone, together, also where the
/// program catches what they throw and goes on.
template <class Session, class Work>
auto atomically(Session& session, Work&& work) {
  static_assert(Session::can_write,
                "forge_db: a read session requires the statement to be a select; run it in write()");
  if constexpr (Session::can_write) return session.transaction([&](auto&) { return work(); });
}

}  // namespace forge_db::detail
