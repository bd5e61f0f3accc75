// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/column.hpp>

namespace forge_db::detail {

/// The columns of all lists in one: for decltype.
template <class... A>
column_list<A...> concatenated(column_list<A...>);
template <class... A, class... B, class... More>
auto concatenated(column_list<A...>, column_list<B...>, More... more) {
  return concatenated(column_list<A..., B...>{}, more...);
}

}  // namespace forge_db::detail
