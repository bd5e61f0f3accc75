// SPDX-License-Identifier: MIT
#pragma once

namespace forge_db::detail {

template <class...>
inline constexpr bool is_built = false;

/// Clauses that are planned, and refused until they exist.
struct not_built_clauses {
  template <class... Arguments>
  void page_after(Arguments&&...) const {
    static_assert(is_built<Arguments...>, "forge_db: page_after() is not supported yet; use limit() and offset()");
  }
};

}  // namespace forge_db::detail
