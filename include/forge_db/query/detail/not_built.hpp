// SPDX-License-Identifier: MIT
#pragma once

namespace forge_db::detail {

template <class...>
inline constexpr bool is_built = false;

/// Clauses that are planned, and refused until they exist.
struct not_built_clauses {
  template <class... Row, class... Arguments>
  void join(Arguments&&...) const {
    static_assert(is_built<Row..., Arguments...>,
                  "forge_db: join() is not supported yet; select from one table at a time");
  }
  template <class... Row, class... Arguments>
  void left_join(Arguments&&...) const {
    static_assert(is_built<Row..., Arguments...>,
                  "forge_db: left_join() is not supported yet; select from one table at a time");
  }
  template <class... Arguments>
  void group_by(Arguments&&...) const {
    static_assert(is_built<Arguments...>, "forge_db: group_by() is not supported yet; select the rows and group them");
  }
  template <class... Arguments>
  void having(Arguments&&...) const {
    static_assert(is_built<Arguments...>, "forge_db: having() is not supported yet; select the rows and group them");
  }
  template <class... Arguments>
  void page_after(Arguments&&...) const {
    static_assert(is_built<Arguments...>, "forge_db: page_after() is not supported yet; use limit() and offset()");
  }
};

}  // namespace forge_db::detail
