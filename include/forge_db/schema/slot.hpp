// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/dialect.hpp>

#include <atomic>
#include <cstddef>

namespace forge_db {

/// The number under which a connection keeps one prepared statement; one slot belongs to each statement type.
///
/// Constant-initialised, so that statements run from static initialisers too; the number is assigned at first use. A
/// plugin loaded at run time has slots and a counter of its own, so a number alone proves nothing: a connection also
/// compares the address of the text. Any thread may ask.
class statement_slot {
 public:
  constexpr statement_slot() noexcept = default;
  statement_slot(statement_slot const&) = delete;
  statement_slot& operator=(statement_slot const&) = delete;

  /// Positive, and the same for the life of the program.
  std::size_t number() noexcept {
    std::size_t const number = number_.load(std::memory_order_relaxed);
    return number != 0 ? number : assign();
  }

 private:
  std::size_t assign() noexcept {
    std::size_t expected = 0;
    std::size_t const fresh = last_number_.fetch_add(1, std::memory_order_relaxed) + 1;
    return number_.compare_exchange_strong(expected, fresh, std::memory_order_relaxed) ? fresh : expected;
  }

  static inline constinit std::atomic<std::size_t> last_number_{0};
  std::atomic<std::size_t> number_{0};
};

/// The slot of statement type S in dialect D.
template <class S, dialect D>
inline constinit statement_slot slot_of{};

}  // namespace forge_db
