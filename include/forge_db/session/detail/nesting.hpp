// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <string>

namespace forge_db::detail {

/// One open session of this thread; a chain from the innermost outwards.
struct session_frame {
  void const* database;
  session_frame const* outer;
};

/// `call` says who may not be nested: "read()", or "a session".
[[noreturn]] inline void refuse_nested_session(std::string const& call) {
  throw session_misuse("forge_db: " + call +
                       " requires this thread to be outside of every session of the database; pass the open session "
                       "on, and use session.transaction() for a nested transaction");
}

inline constinit thread_local session_frame const* innermost_session = nullptr;

/// Marks that this thread is in a session of a database, and refuses a second one: a write in a write would wait for
/// itself, a write in a read would be invisible to the read's snapshot, and nested reads can use up the pool. Sessions
/// of different databases may be nested.
class session_guard {
 public:
  /// `call` is "read" or "write". Throws session_misuse.
  session_guard(void const* database, char const* call) : frame_{database, innermost_session} {
    for (auto const* frame = frame_.outer; frame != nullptr; frame = frame->outer) {
      if (frame->database == database) refuse_nested_session(std::string(call) + "()");
    }
    innermost_session = &frame_;
  }
  session_guard(session_guard const&) = delete;
  session_guard& operator=(session_guard const&) = delete;
  ~session_guard() { innermost_session = frame_.outer; }

 private:
  session_frame frame_;
};

}  // namespace forge_db::detail
