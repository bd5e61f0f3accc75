// SPDX-License-Identifier: MIT
#pragma once

namespace forge_db::detail {

/// Whether the spec says of column C that nothing shows its value.
template <class C>
inline constexpr bool is_secret = requires {
  requires C::is_secret;
};

}  // namespace forge_db::detail
