// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/insert_source.hpp>

#include <cstddef>
#include <span>

namespace forge_db::detail {

/// Calls `run` with each group of neighbours that one statement can insert: rows that leave the same columns to the
/// database.
template <class New, class Run>
void each_insert_group(std::span<New const> new_rows, Run run) {
  if constexpr (!insert_is_dynamic<New>) {
    if (!new_rows.empty()) run(new_rows);
  } else {
    using columns = written_columns<source_row_t<New>>;
    while (!new_rows.empty()) {
      shape_mask const mask = insert_mask(new_rows.front(), columns{});
      std::size_t size = 1;
      while (size < new_rows.size() && insert_mask(new_rows[size], columns{}) == mask) ++size;
      run(new_rows.first(size));
      new_rows = new_rows.subspan(size);
    }
  }
}

}  // namespace forge_db::detail
