// SPDX-License-Identifier: MIT
#pragma once

#include <library/models.hpp>

#include <forge_db/query/query.hpp>

#include <cstddef>
#include <cstdint>

/// What a translation unit found when it ran statements before main().
struct early_run {
  std::int64_t count = -1;   ///< of two books, by a statement that both units use
  std::int64_t by_own = -1;  ///< the same, by a statement of its own
  std::size_t shared_slot = 0;
  std::size_t own_slot = 0;
  std::size_t slot_of_other = 0;  ///< the other unit's own_slot, which may be asked for before that unit's turn
};

inline auto every_book() { return forge_db::select(forge_db::count()).from<library::Book>(); }

std::size_t slot_of_first();
std::size_t slot_of_second();

extern early_run const first_early_run;
extern early_run const second_early_run;
