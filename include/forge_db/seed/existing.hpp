// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/column.hpp>

namespace forge_db::seed {

// What load() does with a row of which the table has one already.

/// It fails, and so does the whole load.
struct refuse_existing {};

template <class... Columns>
struct existing_skipped {};
template <class... Columns>
struct existing_updated {};

/// The row that is there stays as it is. The columns are the primary key or a unique constraint; without any, every
/// row that breaks one of them is skipped.
template <column_tag... Columns>
[[nodiscard]] constexpr existing_skipped<Columns...> skip_existing(Columns...) noexcept {
  return {};
}

/// The row that is there takes the values of the header's columns, and keeps those of all others and of its primary
/// key. A row that has all of these values already is not touched: not counted as updated, and its `on_update` columns
/// not refreshed. So loading the same text twice changes nothing the second time. The columns are the primary key or a
/// unique constraint, and must be in the header.
template <column_tag... Columns>
[[nodiscard]] constexpr existing_updated<Columns...> update_existing(Columns...) noexcept {
  static_assert(sizeof...(Columns) > 0,
                "forge_db: update_existing() requires columns as its arguments; name those of a unique constraint");
  return {};
}

}  // namespace forge_db::seed
