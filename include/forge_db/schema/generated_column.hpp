// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/column.hpp>

namespace forge_db {

/// Base of the tags of columns whose values the database computes: selected, filtered and sorted by like any other, and
/// never written.
///
///     struct total_t : forge_db::generated_column<total_t> {
///       using generated_column::operator=;
///       ...                                             // as in column.hpp
///     };
template <class Self>
struct generated_column : column<Self> {
  static constexpr bool is_generated = true;

  template <class Value>
  constexpr auto operator=(Value&&) const {  // NOLINT(misc-unconventional-assign-operator)
    static_assert(
        sizeof(Value) == 0,
        "forge_db: assignment requires a column that is not generated; the database computes it, leave it out");
  }
};

}  // namespace forge_db
