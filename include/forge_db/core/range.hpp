// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

namespace forge_db {

namespace detail {

/// The first member of a range, so that a value without a name comes here: C++ would otherwise take `.score = 5.0` for
/// the end `from`.
struct named_ends {
  constexpr named_ends() noexcept = default;
  template <class Value>
  constexpr named_ends(Value const&) noexcept {  // NOLINT(google-explicit-constructor): it is what catches the value
    static_assert(sizeof(Value) == 0,
                  "forge_db: a range requires its ends by their names; say {.from = a}, {.to = b}, or both, and "
                  "{.from = a, .to = a} for one value");
  }

  friend bool operator==(named_ends const&, named_ends const&) = default;
};

}  // namespace detail

/// A filter on an interval; both ends are inclusive unless they are excluded, and an unset end is open. The ends are
/// named where it is made: `{.from = a, .to = b}`.
/// Nothing orders the ends: `from` above `to` is a valid range that holds nothing.
template <class T>
struct range {
  [[no_unique_address]] detail::named_ends ends_by_name{};
  std::optional<T> from{};
  std::optional<T> to{};
  bool excludes_from = false;  ///< `from` itself is outside.
  bool excludes_to = false;    ///< `to` itself is outside: `{.from = today, .to = tomorrow, .excludes_to = true}`.

  /// True if neither end is set, so that the range asks for nothing.
  [[nodiscard]] constexpr bool is_unset() const noexcept { return !from && !to; }

  friend bool operator==(range const&, range const&) = default;
};

}  // namespace forge_db
