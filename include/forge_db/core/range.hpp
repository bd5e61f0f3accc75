// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

namespace forge_db {

/// A filter on an interval; both ends are inclusive unless they are excluded, and an unset end is open.
/// Nothing orders the ends: `from` above `to` is a valid range that holds nothing.
template <class T>
struct range {
  std::optional<T> from{};
  std::optional<T> to{};
  bool excludes_from = false;  ///< `from` itself is outside.
  bool excludes_to = false;    ///< `to` itself is outside: `{.from = today, .to = tomorrow, .excludes_to = true}`.

  /// True if neither end is set, so that the range asks for nothing.
  [[nodiscard]] constexpr bool is_unset() const noexcept { return !from && !to; }

  friend bool operator==(range const&, range const&) = default;
};

}  // namespace forge_db
