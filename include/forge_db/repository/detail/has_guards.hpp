// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/repository/standing.hpp>

namespace forge_db::detail {

/// True for a table with soft deletion, a scope or an optimistic lock, whose repository has more functions.
template <class Row>
inline constexpr bool has_guards = has_standing<Row> || has_optimistic_lock<Row>;

}  // namespace forge_db::detail
