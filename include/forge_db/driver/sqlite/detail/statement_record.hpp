// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/detail/connection_state.hpp>
#include <forge_db/driver/sqlite/detail/scratch_arena.hpp>
#include <forge_db/driver/sqlite/detail/span_binding.hpp>

#include <sqlite3.h>

#include <memory>
#include <vector>

namespace forge_db::sqlite::detail {

/// One prepared statement and what its bound values live in. A cache owns it, or, when none does (any more), the
/// `statement` that uses it.
struct statement_record {
  sqlite3_stmt* handle = nullptr;
  char const* text = nullptr;  // the constant that it was prepared from: half of a cache entry's identity
  connection_state* state = nullptr;
  bool in_use = false;
  bool unowned = true;        // no cache has it: it goes when its use ends
  bool recorded = false;      // its runs are reported
  bool ends_plainly = false;  // neither of them: what release() asks, in one question
  scratch_arena scratch{};
  std::vector<std::unique_ptr<span_binding>> spans{};  // by pointer: SQLite holds the address

  statement_record() = default;
  statement_record(statement_record const&) = delete;
  statement_record& operator=(statement_record const&) = delete;
  ~statement_record() {
    if (recorded) state->recorder->forget(handle);
    sqlite3_finalize(handle);
  }

  void set_owned(bool by_a_cache) noexcept {
    unowned = !by_a_cache;
    ends_plainly = by_a_cache && !recorded;
  }
};

/// Lets go of a cached record: at once, or, when a statement is using it, by that statement's end.
struct record_releaser {
  void operator()(statement_record* record) const noexcept {
    if (record->in_use) {
      record->set_owned(false);
    } else {
      delete record;
    }
  }
};

using cached_record = std::unique_ptr<statement_record, record_releaser>;

}  // namespace forge_db::sqlite::detail
