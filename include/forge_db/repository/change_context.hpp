// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

namespace forge_db {

/// Who changes rows and why, for the audit trails and versions that are written meanwhile on this thread:
///
///     forge_db::change_context const as{"alice", "import"};
///     db.write([](auto& session) { ... });
///
/// It counts until it is destroyed, on the thread that made it; an inner one stands in for the outer one meanwhile.
class change_context {
 public:
  explicit change_context(std::string actor, std::string note = {})
      : actor_(std::move(actor)), note_(std::move(note)), outer_(std::exchange(latest(), this)) {}
  ~change_context() { latest() = outer_; }
  change_context(change_context const&) = delete;
  change_context& operator=(change_context const&) = delete;

  [[nodiscard]] std::string const& actor() const noexcept { return actor_; }
  [[nodiscard]] std::string const& note() const noexcept { return note_; }

  /// The innermost one of this thread; null if there is none.
  [[nodiscard]] static change_context const* current() noexcept { return latest(); }

 private:
  static change_context const*& latest() noexcept {
    thread_local change_context const* context = nullptr;
    return context;
  }

  std::string actor_;
  std::string note_;
  change_context const* outer_;
};

}  // namespace forge_db
