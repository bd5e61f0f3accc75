// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/session.hpp>

#include <cstdint>
#include <promptforge/optimizations.hpp>

namespace promptforge::app {

/// The optimizations as the application works with them, in a session of either kind; operations that write are there
/// in a write session only. Refers to the session and must not outlive it.
template <class Session>
class optimizations {
 public:
  explicit optimizations(Session& session) noexcept : session_(session) {}

  /// Removes all; answers how many there were.
  std::int64_t clear_all() const requires Session::can_write;

 private:
  Session& session_;
};

}  // namespace promptforge::app
