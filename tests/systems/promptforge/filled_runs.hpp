// SPDX-License-Identifier: MIT
#pragma once

#include "systems/promptforge/plain_rows.hpp"
#include "systems/system_database.hpp"

namespace tests {

/// 20,000 optimizations, one of which has a title that no other has.
struct many_runs {
  system_database system;
  plain_sql plain{system.file()};
  many_runs() {
    fill_optimizations(plain, 20'000);
    plain.rows("update optimizations set title = 'Only One' where id = (select max(id) from optimizations)");
  }
};

/// Made once: comparisons only read it. What they keep in temporary tables has a name of its own in each.
inline many_runs& filled_runs() {
  static many_runs made;
  return made;
}

}  // namespace tests
